package org.expmaster.host.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** A {@link HostileReceiver} of every kind, in one process beside the test's. */
final class HostileProcess implements AutoCloseable {
  private final Process process;
  private final Map<Hostility, URI> urls = new EnumMap<>(Hostility.class);

  private HostileProcess(Process process) {
    this.process = process;
  }

  /** Starts it, and waits until all of them listen. */
  static HostileProcess start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder command =
        new ProcessBuilder(
            java, "-XX:TieredStopAtLevel=1", "-Xmx128m", HostileReceiver.class.getName());
    // as a variable it may be longer than a command
    command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    HostileProcess started =
        new HostileProcess(command.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    try {
      started.listen();
      return started;
    } catch (Throwable e) {
      started.close();
      throw e;
    }
  }

  private void listen() throws IOException {
    BufferedReader said = process.inputReader(US_ASCII);
    while (urls.size() < Hostility.values().length) {
      String line = said.readLine();
      if (line == null) {
        throw new IOException("the hostile receivers ended; " + urls.size() + " had begun");
      }
      String[] words = line.split(" ");
      urls.put(Hostility.valueOf(words[0]), URI.create(words[1]));
    }
  }

  Map<Hostility, URI> urls() {
    return urls;
  }

  /** Ends it, and waits until it has. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
