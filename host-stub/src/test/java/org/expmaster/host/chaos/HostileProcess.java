package org.expmaster.host.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.expmaster.host.testing.Tools;

/** A {@link HostileReceiver} in a process of its own. */
final class HostileProcess implements AutoCloseable {
  private final Process process;

  private HostileProcess(Process process) {
    this.process = process;
  }

  /** Starts the process; {@link #awaitUrl} waits until it listens. */
  static HostileProcess launch(Hostility hostility) throws IOException {
    List<String> command = new ArrayList<>(leastPriority());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
    command.addAll(List.of(HostileReceiver.class.getName(), hostility.name()));
    ProcessBuilder process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    // as an environment variable it may be longer than a command line
    process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new HostileProcess(process.start());
  }

  /** Leaves the master's processors alone, as a receiver on another machine would. */
  private static List<String> leastPriority() {
    return Tools.find("nice").map(nice -> List.of(nice.getPath(), "-n", "19")).orElse(List.of());
  }

  /** Waits until the receiver listens, and returns its URL. To be called once. */
  URI awaitUrl() throws IOException {
    String line = process.inputReader(US_ASCII).readLine();
    if (line == null) {
      throw new IOException("the hostile receiver has ended before it listened");
    }
    return URI.create(line);
  }

  /** Kills the process and waits for its end. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
