package org.expmaster.host.testing;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a master's {@code /metrics} has served.
 *
 * @param samples the values by name and labels, as they were written
 */
public record Scrape(Map<String, Double> samples) {
  private static final Pattern SAMPLE =
      Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*(?:\\{.*\\})?) (\\S+)$", Pattern.MULTILINE);

  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"([^\"]*)\"");

  /** Scrapes a master, as an admin or with a token. */
  public static Scrape of(Api api) {
    Api.Answer answer = api.get("/metrics");
    if (answer.status() != 200) {
      throw new AssertionError("/metrics answered " + answer.status());
    }
    return of(answer.http().body());
  }

  static Scrape of(String text) {
    Map<String, Double> samples = new LinkedHashMap<>();
    Matcher sample = SAMPLE.matcher(text);
    while (sample.find()) {
      samples.put(sample.group(1), number(sample.group(2)));
    }
    return new Scrape(samples);
  }

  private static double number(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  /** Returns the sum of all samples of this name whose labels include this text. */
  public double sum(String name, String labels) {
    return samples.entrySet().stream()
        .filter(sample -> name(sample.getKey()).equals(name) && sample.getKey().contains(labels))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /**
   * Returns the names, each with the values of all its labels: {@code name}, {@code name label}.
   */
  public Map<String, Map<String, Set<String>>> labels() {
    Map<String, Map<String, Set<String>>> all = new LinkedHashMap<>();
    for (String sample : samples.keySet()) {
      Map<String, Set<String>> labels =
          all.computeIfAbsent(name(sample), none -> new LinkedHashMap<>());
      Matcher label = LABEL.matcher(sample);
      while (label.find()) {
        labels.computeIfAbsent(label.group(1), none -> new LinkedHashSet<>()).add(label.group(2));
      }
    }
    return all;
  }

  private static String name(String sample) {
    return sample.split("\\{", 2)[0];
  }
}
