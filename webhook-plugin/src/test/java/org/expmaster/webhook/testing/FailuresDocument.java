package org.expmaster.webhook.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.expmaster.webhook.advice.Advice;

/** The document that lists what can fail, which says what the code says. */
public final class FailuresDocument {
  private static final Path FILE = Path.of("..", "docs", "reference", "failures.md");

  private FailuresDocument() {}

  /** Checks that the table below this heading has these rows, in this order, and no others. */
  public static void assertSays(String heading, Map<String, Advice> all) {
    String rows =
        all.entrySet().stream()
            .map(row -> row(row.getKey(), row.getValue()))
            .collect(Collectors.joining("\n"));
    assertEquals(rows, rows(heading), "the rows of \"" + heading + "\" in " + FILE);
  }

  private static String row(String seen, Advice advice) {
    return "| " + seen + " | " + advice.meaning() + " | " + advice.remedy() + " |";
  }

  private static String rows(String heading) {
    List<String> sections =
        Arrays.stream(read().split("(?m)^## "))
            .filter(section -> section.startsWith(heading + "\n"))
            .toList();
    assertEquals(1, sections.size(), "headings \"" + heading + "\" in " + FILE);
    return sections
        .get(0)
        .lines()
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .collect(Collectors.joining("\n"));
  }

  private static String read() {
    try {
      return Files.readString(FILE);
    } catch (IOException unread) {
      throw new UncheckedIOException(unread);
    }
  }
}
