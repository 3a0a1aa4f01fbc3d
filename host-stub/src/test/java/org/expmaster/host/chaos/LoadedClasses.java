package org.expmaster.host.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the JDK's own tool says of the classes in another process. */
final class LoadedClasses {
  private LoadedClasses() {}

  /** Returns how many plugins' class loaders are still there after a garbage collection. */
  static long pluginLoaders(long pid) {
    jcmd(pid, "GC.run");
    return jcmd(pid, "VM.classloader_stats")
        .lines()
        .filter(line -> line.contains("org.pf4j.PluginClassLoader"))
        .count();
  }

  private static String jcmd(long pid, String command) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    ProcessBuilder builder = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command);
    try {
      Process process = builder.redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
