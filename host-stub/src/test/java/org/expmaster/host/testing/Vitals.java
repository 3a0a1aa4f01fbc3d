package org.expmaster.host.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * @param files what its other descriptors lead to: files, pipes and the like
 * @param peakMegabytes the peak of its memory so far
 */
public record Vitals(
    Map<String, Long> threads, int sockets, List<String> files, long peakMegabytes) {

  public static Vitals of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    if (!Files.isDirectory(process.resolve("task"))) {
      return new Vitals(Map.of(), 0, List.of(), 0);
    }
    Map<Boolean, List<String>> open =
        descriptors(process).stream()
            .collect(Collectors.partitioningBy(target -> target.startsWith("socket:")));
    return new Vitals(
        threads(process), open.get(true).size(), open.get(false), peakMegabytes(process));
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

  /** Returns what each descriptor leads to. */
  private static List<String> descriptors(Path process) {
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return files.map(Vitals::target).filter(target -> !target.isEmpty()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns an empty text if the descriptor has been closed meanwhile. */
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
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
