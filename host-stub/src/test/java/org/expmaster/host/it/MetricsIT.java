package org.expmaster.host.it;

import static java.util.stream.Collectors.toCollection;
import static org.expmaster.host.it.PackagedPlugin.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.expmaster.host.config.Yaml;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Scrape;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a master serves at /metrics after some deliveries, and what is written about it. */
final class MetricsIT {
  private static final Path DOCS = Path.of("..", "docs", "operate");
  private static final Pattern NAME = Pattern.compile("\\b(webhooks_[a-z_]+)(\\{[^}]*\\})?");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+) *(=~|=|!=|!~) *\"([^\"]*)\"");
  private static final Pattern GROUPED = Pattern.compile("\\bby \\(([^)]*)\\)");

  /** Added by Prometheus to whatever it scrapes. */
  private static final Set<String> PROMETHEUS = Set.of("instance", "job");

  @TempDir private static Path directory;
  private static Scrape scrape;
  private static Map<String, Map<String, Set<String>>> served;

  @BeforeAll
  static void deliver() throws Exception {
    Map<String, Object> webhooks = Map.of("retry_schedule", List.of("10ms"));
    try (PackagedPlugin plugin = new PackagedPlugin(directory);
        MasterProcess master = plugin.start(Map.of("webhooks", webhooks))) {
      plugin.receiver.answer(request -> Answer.status(request.path().endsWith("/no") ? 500 : 200));
      Api admin = master.admin();
      plugin.webhook(admin);
      String refusing = plugin.receiver.url(PackagedPlugin.SECRET_PATH + "/no").toString();
      admin.post("/api/v1/webhooks", PackagedPlugin.webhookFor(refusing)).ok();
      admin.experiment("name: secret-name\nentrypoint: exit 0\n");
      Wait.until(
          "all has ended, and the last look has seen it",
          SOON,
          () -> {
            Scrape now = Scrape.of(admin);
            return now.sum("webhooks_deliveries_total", "") == 2
                && now.sum("webhooks_registered", "") == 2;
          });
      scrape = Scrape.of(admin);
      served = scrape.labels();
    }
  }

  @Test
  void whatHappenedIsCounted() {
    String completed = "event=\"experiment_completed\"";
    assertEquals(1, sum("webhooks_deliveries_total", "outcome=\"delivered\""));
    assertEquals(1, sum("webhooks_deliveries_total", "outcome=\"dead\""));
    assertEquals(2, sum("webhooks_deliveries_total", completed));
    assertEquals(2, sum("webhooks_attempts_total", "outcome=\"status_5xx\""));
    assertEquals(3, sum("webhooks_attempts_total", "type=\"default\""));
    assertEquals(3, sum("webhooks_request_duration_seconds_count", ""));
    assertEquals(1, sum("webhooks_event_to_receipt_seconds_count", ""));
    assertEquals(1, sum("webhooks_event_to_receipt_seconds_bucket", "le=\"+Inf\""));
    assertEquals(2, sum("webhooks_outbox_insert_rows_sum", ""));
    assertEquals(3, sum("webhooks_outbox_claim_rows_sum", ""));
    assertEquals(0, sum("webhooks_unwritten_total", ""));
    assertEquals(0, sum("webhooks_problem", ""));
  }

  @Test
  void noLabelHoldsAUrlAnIdOrAUsersText() {
    for (String sample : scrape.samples().keySet()) {
      assertFalse(sample.matches(".*(https?:|127\\.0|secret|localhost).*"), sample);
    }
    Set<String> names = new TreeSet<>();
    served.values().forEach(labels -> names.addAll(labels.keySet()));
    assertEquals(
        Set.of("event", "health", "lane", "le", "outcome", "part", "plugin", "type", "what"),
        names);
  }

  @Test
  void everyMeterIsDocumentedAndNoOther() throws IOException {
    Set<String> documented = new TreeSet<>();
    Matcher row =
        Pattern.compile("^\\| `(webhooks_[a-z_]+)` \\|([^|]*)\\|", Pattern.MULTILINE)
            .matcher(Files.readString(DOCS.resolve("monitoring.md")));
    while (row.find()) {
      documented.add(row.group(1) + " " + labels(row.group(2)));
    }
    Set<String> found = new TreeSet<>();
    served.forEach(
        (name, labels) -> {
          Set<String> own = new TreeSet<>(labels.keySet());
          own.removeAll(Set.of("plugin", "le"));
          found.add(name.replaceFirst("_(bucket|count|sum|max)$", "") + " " + own);
        });
    found.removeIf(name -> !name.startsWith("webhooks_"));
    assertEquals(String.join("\n", found), String.join("\n", documented));
  }

  private static Set<String> labels(String cell) {
    return Pattern.compile("[a-z]+")
        .matcher(cell)
        .results()
        .map(MatchResult::group)
        .collect(toCollection(TreeSet::new));
  }

  @Test
  void theDashboardShowsOnlyWhatIsServed() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(DOCS.resolve("grafana-dashboard.json").toFile());
    List<String> expressions = dashboard.findValuesAsText("expr");
    assertTrue(expressions.size() > 15, expressions.size() + " expressions");
    assertEquals(List.of(), wrong(expressions));
  }

  @Test
  void theAlertsAskOnlyForWhatIsServed() throws IOException {
    Map<String, Object> file = Yaml.mapping(Files.readString(DOCS.resolve("alerts.yaml")));
    List<String> expressions = new ArrayList<>();
    for (Object group : (List<?>) file.get("groups")) {
      for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
        Map<?, ?> alert = (Map<?, ?>) rule;
        expressions.add((String) alert.get("expr"));
        assertTrue(alert.get("annotations").toString().contains("description="), alert.toString());
      }
    }
    assertTrue(expressions.size() > 5, expressions.size() + " alerts");
    assertEquals(List.of(), wrong(expressions));
  }

  /** Returns the names, labels and values in these expressions that are not served. */
  private static List<String> wrong(List<String> expressions) {
    List<String> wrong = new ArrayList<>();
    for (String expression : expressions) {
      Map<String, Set<String>> labels = new LinkedHashMap<>();
      Matcher name = NAME.matcher(expression);
      while (name.find()) {
        Map<String, Set<String>> known = served.getOrDefault(name.group(1), Map.of());
        if (!served.containsKey(name.group(1))) {
          wrong.add(name.group(1));
        }
        labels.putAll(known);
        wrong.addAll(wrongLabels(name.group(), known));
      }
      Matcher grouped = GROUPED.matcher(expression);
      while (grouped.find()) {
        for (String label : grouped.group(1).split(", *")) {
          if (!labels.containsKey(label) && !PROMETHEUS.contains(label)) {
            wrong.add("by " + label + " in " + expression);
          }
        }
      }
    }
    return wrong;
  }

  private static List<String> wrongLabels(String selector, Map<String, Set<String>> known) {
    List<String> wrong = new ArrayList<>();
    Matcher label = LABEL.matcher(selector);
    while (label.find()) {
      for (String value : label.group(3).split("\\|")) {
        if (!known.getOrDefault(label.group(1), Set.of()).contains(value)) {
          wrong.add(label.group(1) + "=" + value + " in " + selector);
        }
      }
    }
    return wrong;
  }

  private static double sum(String name, String labels) {
    return scrape.sum(name, labels);
  }
}
