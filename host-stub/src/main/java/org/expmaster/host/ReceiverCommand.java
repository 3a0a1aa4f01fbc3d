package org.expmaster.host;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.expmaster.host.config.ConfigException;
import org.expmaster.host.receiver.Receiver;
import org.expmaster.host.receiver.ReceiverKeys;
import org.expmaster.host.receiver.SignatureCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Receives webhooks until it is stopped. */
@Command(
    name = "receiver",
    description = {
      "Receives webhooks on loopback, until it is stopped by Ctrl-C or SIGTERM.",
      "It prints every delivery and which of its keys verifies which signature, and answers with "
          + "204, or with 401 if no key does. Other options make it misbehave, to try out retries.",
      "Keys are the master's signing key, or whsec_ and the base64 of a key. Without keys it "
          + "verifies nothing. The variable WEBHOOK_KEYS may hold keys, blanks between them."
    },
    mixinStandardHelpOptions = true)
final class ReceiverCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "9000",
      description = "Its port; by default ${DEFAULT-VALUE}, and any free one if 0.")
  private int port;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "A key; may be repeated. Others on this machine can see it in ps.")
  private List<String> keys = List.of();

  @Option(
      names = "--keys-file",
      paramLabel = "FILE",
      description = "A file with keys, one a line; may be repeated.")
  private List<Path> keysFiles = List.of();

  @Mixin private Misbehaviour misbehaviour;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    LogLevel.set("warn");
    PrintWriter out = spec.commandLine().getOut();
    List<String> all = keys();
    try (Shutdown shutdown = new Shutdown()) {
      Receiver receiver = shutdown.closing(receiver(all, out));
      out.println("listening on " + receiver.url() + ", keys: " + all.size());
      out.println();
      out.flush();
      shutdown.await();
    }
    return 0;
  }

  private List<String> keys() {
    try {
      return ReceiverKeys.of(keys, keysFiles, System.getenv(ReceiverKeys.VARIABLE));
    } catch (IOException e) {
      throw new ConfigException("--keys-file cannot be read: " + e.getMessage());
    }
  }

  private Receiver receiver(List<String> all, PrintWriter out) {
    // read once, when the server's classes are loaded
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("jdk.httpserver.maxConnections", "" + Receiver.THREADS);
    try {
      return Receiver.start(port, new SignatureCheck(all), misbehaviour.behaviour(), out);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    } catch (IOException e) {
      throw new ConfigException("cannot listen on port " + port + ": " + e.getMessage());
    }
  }
}
