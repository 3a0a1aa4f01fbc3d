package org.expmaster.host.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.WebhookReceiver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the column "here" of the tables in docs/reference/original.md, a case a row. */
@Tag("any-jdk")
final class OriginalAnswersIT extends ConformanceCase {
  private static final Path TABLES = Path.of("..", "docs", "reference", "original.md");
  private static final Pattern ROW =
      Pattern.compile(
          "\\| `(GET|POST|PUT|PATCH|DELETE) ([^` ]+)`(?: `(.*)`)? \\| (\\w+) \\| [^|]+ \\|"
              + " (\\d{3})(?:/(\\d+) `(\\w+)`)? \\| .*");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z0-9-]*)}");

  private static long experiment;

  private record Row(String text, MatchResult cells) {
    String cell(int number) {
      return cells.group(number) == null ? "" : cells.group(number);
    }

    @Override
    public String toString() {
      return cell(1) + " " + cell(2) + " " + cell(3) + " by " + cell(4);
    }
  }

  static Stream<Row> rows() throws IOException {
    return Files.readAllLines(TABLES).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> new Row(row.group(), row.toMatchResult()));
  }

  @BeforeAll
  static void prepare() {
    experiment = subject.experiment(0, "");
    subject.receiver.answer(
        request -> {
          int status = Integer.parseInt(request.path().substring(1));
          return new WebhookReceiver.Answer(status, Map.of("Location", "/200"), "", Duration.ZERO);
        });
  }

  @Test
  void everyRowIsACase() throws IOException {
    long written =
        Files.readAllLines(TABLES).stream()
            .filter(line -> line.matches("\\| `(GET|POST|PUT|PATCH|DELETE) .*"))
            .count();
    assertEquals(written, rows().count());
    assertTrue(written > 80, written + " rows");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void itAnswersAsTheTableSays(Row row) throws IOException {
    if (row.cell(3).contains("\"taken\"")) {
      subject.create(subject.owner, Map.of("name", "taken", "workspaceId", subject.workspace));
    }
    String path = "/api/v1/" + filled(row.cell(2));
    Api who = caller(row.cell(4));
    Api.Answer answer = who.send(who.request(row.cell(1), path, body(row)));
    assertEquals(row.cell(5), "" + answer.status(), answer.http().body());
    if (answer.status() != 200) {
      assertEquals(row.cell(6), answer.json().at("/error/code").asText());
      assertEquals(row.cell(7), answer.json().at("/error/reason").asText());
    } else if (answer.json().has("webhook") && row.cell(1).equals("POST")) {
      subject.keep(answer);
    }
  }

  /** Returns the row's body; that of a creation is completed to a webhook. */
  private static String body(Row row) throws IOException {
    String body = filled(row.cell(3));
    if (!row.toString().startsWith("POST webhooks {") || !body.endsWith("}")) {
      return body;
    }
    Map<String, Object> otherwise = new HashMap<>();
    new ObjectMapper()
        .readTree(body)
        .properties()
        .forEach(f -> otherwise.put(f.getKey(), f.getValue()));
    Map<String, Object> webhook =
        subject.webhook(Map.of("url", subject.receiver.url("/200").toString()));
    webhook.putAll(otherwise);
    return new ObjectMapper().writeValueAsString(webhook);
  }

  private static Api caller(String name) {
    return Map.of(
            "admin", subject.admin,
            "owner", subject.owner,
            "other", subject.other,
            "nobody", subject.nobody)
        .get(name);
  }

  private static String filled(String text) {
    return PLACEHOLDER.matcher(text).replaceAll(match -> "" + value(match.group(1)));
  }

  private static long value(String name) {
    Map<String, Supplier<Long>> values =
        Map.of(
            "workspace", () -> subject.workspace,
            "experiment", () -> experiment,
            "id", () -> subject.create(subject.admin, Map.of()),
            "own", () -> subject.create(subject.owner, Map.of("workspaceId", subject.workspace)),
            "gone", OriginalAnswersIT::gone,
            "answers-nothing", () -> answering("http://127.0.0.1:1/"));
    Supplier<Long> known = values.get(name);
    if (known != null) {
      return known.get();
    }
    return answering(subject.receiver.url("/" + name.substring("answers-".length())).toString());
  }

  private static long gone() {
    long id = subject.create(subject.admin, Map.of());
    subject.admin.delete(ALL + "/" + id).ok();
    return id;
  }

  private static long answering(String url) {
    return subject.create(subject.admin, Map.of("url", url));
  }
}
