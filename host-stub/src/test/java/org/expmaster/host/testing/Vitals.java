package org.expmaster.host.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process holds of its machine, as Linux reports it; elsewhere nothing is known, and all
 * values are empty.
 *
 * @param threads the number of threads by name; Linux keeps fifteen characters of it
 * @param sockets the number of open sockets, of every kind
 * @param peakMegabytes the peak of its memory so far
 */
public record Vitals(Map<String, Long> threads, int sockets, long peakMegabytes) {

  public static Vitals of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    if (!Files.isDirectory(process.resolve("task"))) {
      return new Vitals(Map.of(), 0, 0);
    }
    return new Vitals(threads(process), sockets(process), peakMegabytes(process));
  }

  /** Returns the threads whose names begin with this prefix. */
  public Map<String, Long> threads(String prefix) {
    Map<String, Long> some = new TreeMap<>(threads);
    some.keySet().removeIf(name -> !name.startsWith(prefix));
    return some;
  }

  private static Map<String, Long> threads(Path process) {
    try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
      return tasks
          .map(task -> read(task.resolve("comm")))
          .filter(name -> !name.isEmpty())
          .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int sockets(Path process) {
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return (int) files.filter(Vitals::isSocket).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closed) {
      return false;
    }
  }

  private static long peakMegabytes(Path process) {
    return read(process.resolve("status"))
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  /** Returns an empty text if the thread or process has ended meanwhile. */
  private static String read(Path file) {
    try {
      return Files.readString(file).trim();
    } catch (IOException e) {
      // a thread that ends while it is read
      return "";
    }
  }
}
