package org.expmaster.host.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A {@link HostileReceiver} in a process of its own. */
final class HostileProcess implements AutoCloseable {
  private final Process process;
  private URI url;

  private HostileProcess(Process process) {
    this.process = process;
  }

  /** Starts it; {@link #awaitListening} waits for it. */
  static HostileProcess launch(Hostility hostility) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder command =
        new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            HostileReceiver.class.getName(),
            hostility.name());
    // as a variable it may be longer than a command
    command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new HostileProcess(command.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  HostileProcess awaitListening() throws IOException {
    BufferedReader said = process.inputReader(US_ASCII);
    String line = said.readLine();
    if (line == null) {
      throw new IOException("the hostile receiver has ended before it listened");
    }
    url = URI.create(line);
    return this;
  }

  URI url() {
    return url;
  }

  /** Ends it, and waits until it has. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
