package org.expmaster.host.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Scrape;
import org.expmaster.host.testing.Vitals;

/**
 * What a master holds, by name. Numbers in names and the names of plugins' jars are dropped: a
 * plugin that is loaded again has others.
 *
 * @param threads those of the JVM itself and of the HTTP server left out, which come and go
 * @param files open files and pipes
 * @param sockets open sockets
 * @param meters the names of the meters of the master and its plugins
 */
record Footprint(
    Map<String, Long> threads, Map<String, Long> files, int sockets, Map<String, Long> meters) {

  /** The tests' own HTTP connections, and those to receivers, kept open for another request. */
  private static final int VISITORS = 16;

  static Footprint of(long pid, Api admin) {
    Vitals vitals = Vitals.of(pid);
    Map<String, Long> threads = new TreeMap<>();
    vitals
        .threads()
        .forEach((name, count) -> threads.merge(withoutNumbers(name), count, Long::sum));
    threads.keySet().removeIf(name -> name.matches("(http-|C[12] |GC |G1 |VM |Attach ).*"));
    return new Footprint(
        threads, byName(vitals.files().stream()), vitals.sockets(), byName(meters(admin)));
  }

  /** Leaves out those that a plugin adds when its first delivery ends. */
  private static Stream<String> meters(Api admin) {
    return Scrape.of(admin).labels().keySet().stream()
        .filter(name -> !name.matches("webhooks_(attempts|deliveries|request|event)_.*"));
  }

  private static Map<String, Long> byName(Stream<String> names) {
    return new TreeMap<>(
        names.map(Footprint::withoutNumbers).collect(groupingBy(name -> name, counting())));
  }

  private static String withoutNumbers(String name) {
    return name.replaceAll("\\d+", "N").replaceAll("/N-[^/]*\\.jar", "/*.jar");
  }

  /** Describes what is more than before; empty if nothing is. */
  String moreThan(Footprint before) {
    StringBuilder more = new StringBuilder();
    more(threads, before.threads, more);
    more(files, before.files, more);
    more(meters, before.meters, more);
    if (sockets > before.sockets + VISITORS) {
      more.append(sockets).append(" sockets, not ").append(before.sockets);
    }
    return more.toString();
  }

  private static void more(
      Map<String, Long> now, Map<String, Long> before, StringBuilder difference) {
    now.forEach(
        (name, count) -> {
          long was = before.getOrDefault(name, 0L);
          if (count > was) {
            difference.append("%s: %d, not %d; ".formatted(name, count, was));
          }
        });
  }

  /** The totals, for people. */
  @Override
  public String toString() {
    return "%d threads, %d files, %d sockets, %d meters"
        .formatted(sum(threads), sum(files), sockets, sum(meters));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(count -> count).sum();
  }
}
