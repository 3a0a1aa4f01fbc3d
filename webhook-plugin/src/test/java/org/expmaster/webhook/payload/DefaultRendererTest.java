package org.expmaster.webhook.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Ref;
import org.expmaster.plugin.model.Task;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.webhook.event.Alert;
import org.expmaster.webhook.event.Crossing;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.MetricThreshold;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;
import org.expmaster.webhook.registry.PayloadForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultRendererTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID DOCUMENTED_ID = UUID.fromString("1ac7d0b2-a4af-458b-a099-2326240088f6");
  private static final Instant DOCUMENTED_TIME = Instant.ofEpochSecond(1_662_562_300);
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void theDocumentedValuesGiveTheDocumentedDocumentCompact() throws IOException {
    String documented = JSON.writeValueAsString(documented());
    WebhookEvent event = TestEvent.of(DOCUMENTED_ID, DOCUMENTED_TIME);
    assertEquals(documented, text(event));
  }

  @Test
  void theTestEventIsTheDocumentedMockButForItsIdAndTime() throws IOException {
    UUID id = UUID.randomUUID();
    ObjectNode sent = (ObjectNode) JSON.readTree(text(TestEvent.of(id, START)));
    assertEquals(id.toString(), sent.path("event_id").textValue());
    assertEquals(START.getEpochSecond(), sent.path("timestamp").longValue());
    ObjectNode documented = (ObjectNode) documented();
    for (ObjectNode event : List.of(sent, documented)) {
      event.remove(List.of("event_id", "timestamp"));
    }
    assertEquals(documented.toString(), sent.toString());
  }

  @ParameterizedTest
  @EnumSource(
      value = ExperimentState.class,
      names = {"COMPLETED", "ERROR"})
  void everyEventHasTheKeysTheOrderAndTheTypesOfTheDocumentedOne(ExperimentState state)
      throws IOException {
    JsonNode sent = JSON.readTree(text(event(experiment("name", state, Optional.empty()))));
    assertEquals(shape("", documented()), shape("", sent));
  }

  @ParameterizedTest
  @CsvSource({"COMPLETED, experiment_completed", "ERROR, experiment_error"})
  void theTypeOfTheEventSaysWhichStateItIs(ExperimentState state, String type) throws IOException {
    JsonNode sent = JSON.readTree(text(event(experiment("name", state, Optional.empty()))));
    assertEquals(type, sent.path("event_type").textValue());
    assertEquals(state.name(), sent.at("/event_data/experiment/state").textValue());
  }

  @Test
  void everyValueIsTheEventsOwn() throws IOException {
    UUID id = UUID.randomUUID();
    Experiment experiment =
        new Experiment(
            5_000_000_000L,
            "n",
            ExperimentState.ERROR,
            new Ref(9, "o"),
            START,
            Optional.of(START.plusSeconds(61)),
            "pool",
            0,
            new Ref(3, "w"),
            new Ref(4, "p"),
            Map.of("workspace", "what its config once said"));
    assertEquals(
        "{\"event_id\":\""
            + id
            + "\",\"event_type\":\"experiment_error\",\"timestamp\":1772366400,"
            + "\"event_data\":{\"experiment\":{\"id\":5000000000,\"state\":\"ERROR\","
            + "\"name\":\"n\",\"duration\":61,\"resource_pool\":\"pool\",\"slots\":0,"
            + "\"workspace\":{\"name\":\"w\",\"id\":3},\"project\":{\"name\":\"p\",\"id\":4}}}}",
        text(new StateChanged(id, START.plusMillis(999), experiment)));
  }

  @Test
  void aMatchedLineIsToldWithTheTaskThatWroteIt() {
    Task command = new Task("cmd-1", "COMMAND", OptionalLong.empty(), OptionalLong.empty());
    TaskLogLine line = new TaskLogLine(command, "node \"1\"", "CUDA\nerror", START);
    assertEquals(
        "{\"event_id\":\""
            + DOCUMENTED_ID
            + "\",\"event_type\":\"task_log\",\"timestamp\":1772366400,\"event_data\":{\"task_log\":"
            + "{\"task_id\":\"cmd-1\",\"node_name\":\"node \\\"1\\\"\","
            + "\"triggering_log\":\"CUDA\\nerror\",\"regex\":\"CUDA\"}}}",
        text(new TaskLogMatched(DOCUMENTED_ID, START, Optional.empty(), line, "CUDA")));
  }

  @Test
  void aMatchedLineOfATrialIsToldWithItsExperiment() throws IOException {
    Experiment experiment = experiment("n", ExperimentState.RUNNING, Optional.empty());
    Task trial = new Task("1.trial", "TRIAL", OptionalLong.of(1), OptionalLong.of(2));
    JsonNode data =
        data(
            new TaskLogMatched(
                DOCUMENTED_ID,
                START,
                Optional.of(experiment),
                new TaskLogLine(trial, "", "x", START),
                "x"));
    assertEquals(List.of("experiment", "task_log"), names(data));
    assertEquals("RUNNING", data.at("/experiment/state").textValue());
  }

  @Test
  void anAlertIsToldWithItsExperiment() throws IOException {
    Experiment experiment = experiment("n", ExperimentState.RUNNING, Optional.empty());
    Alert alert = new Alert("t", "d", Alert.Level.CRITICAL);
    WebhookEvent event =
        new CustomAlert(DOCUMENTED_ID, START, experiment, OptionalLong.of(3), alert);
    assertEquals("custom", JSON.readTree(text(event)).path("event_type").textValue());
    assertEquals(List.of("experiment", "custom_data"), names(data(event)));
    assertEquals(
        "{\"title\":\"t\",\"description\":\"d\",\"level\":\"CRITICAL\"}",
        data(event).path("custom_data").toString());
  }

  @Test
  void aCrossedThresholdIsToldWithItsValueAndItsTrial() throws IOException {
    Experiment experiment = experiment("n", ExperimentState.RUNNING, Optional.empty());
    Crossing crossing = new Crossing("val_loss", 0.25, "<=", 0.5);
    WebhookEvent event = new MetricThreshold(DOCUMENTED_ID, START, experiment, 7, crossing);
    assertEquals("metric_threshold", JSON.readTree(text(event)).path("event_type").textValue());
    assertEquals(List.of("experiment", "metric"), names(data(event)));
    assertEquals(
        "{\"name\":\"val_loss\",\"value\":0.25,\"operator\":\"<=\",\"threshold\":0.5,\"trial_id\":7}",
        data(event).path("metric").toString());
  }

  @Test
  void anInfiniteMetricGoesAsTextForJsonHasNoSuchNumber() throws IOException {
    Experiment experiment = experiment("n", ExperimentState.RUNNING, Optional.empty());
    Crossing crossing = new Crossing("loss", Double.POSITIVE_INFINITY, ">", 1e9);
    JsonNode value =
        data(new MetricThreshold(DOCUMENTED_ID, START, experiment, 7, crossing))
            .at("/metric/value");
    assertEquals("Infinity", value.textValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "naïve 实验",
        "party 🎉 👩‍🔬",
        "ניסוי مرحبا \u202Eabc\u202C",
        "a/b </script> & 'c'",
        "\uFEFF\u2028\u2029\uFFFF\u007F"
      })
  void aNameGoesAsItIsInUtf8WithNothingEscaped(String name) {
    assertTrue(body(name).contains("\"name\":\"" + name + "\""), body(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"say \"hi\"", "back\\slash", "two\nlines\r\n\tand a tab", "\u0000\u0001\u001F"})
  void aNameWithWhatJsonHasToEscapeComesBackUnchanged(String name) throws IOException {
    String body = body(name);
    assertEquals(name, JSON.readTree(body).at("/event_data/experiment/name").textValue());
    assertFalse(body.chars().anyMatch(character -> character < ' '), body);
  }

  @Test
  void aNameMayBeAsLongAsItLikes() throws IOException {
    String name = "实🎉/".repeat(5_000);
    assertTrue(body(name).contains("\"name\":\"" + name + "\""));
  }

  @Test
  void halfACharacterBecomesAQuestionMarkRatherThanWhatNoParserTakes() {
    assertTrue(body("a\uD83C").contains("\"name\":\"a?\""));
    assertTrue(body("\uDF89b").contains("\"name\":\"?b\""));
    assertTrue(body("\uD83C\uD83C\uDF89\uDF89").contains("\"name\":\"?🎉?\""));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "999, 0", "1000, 1", "61999, 61", "-1, 0", "-3600000, 0"})
  void theDurationIsInWholeSecondsRoundedDownAndNeverNegative(long ranMillis, long seconds)
      throws IOException {
    Instant end = START.plus(Duration.ofMillis(ranMillis));
    assertEquals(seconds, duration(Optional.of(end)));
  }

  @Test
  void withoutAnEndTheDurationGoesToTheEvent() throws IOException {
    assertEquals(7, duration(Optional.empty()), "the event is 7 s after the start");
  }

  private static long duration(Optional<Instant> end) throws IOException {
    JsonNode sent = JSON.readTree(text(event(experiment("n", ExperimentState.ERROR, end))));
    JsonNode duration = sent.at("/event_data/experiment/duration");
    assertTrue(duration.isIntegralNumber(), sent.toString());
    return duration.longValue();
  }

  private static String body(String name) {
    return text(event(experiment(name, ExperimentState.COMPLETED, Optional.empty())));
  }

  private static StateChanged event(Experiment experiment) {
    return new StateChanged(UUID.randomUUID(), START.plusSeconds(7), experiment);
  }

  private static Experiment experiment(String name, ExperimentState state, Optional<Instant> end) {
    return new Experiment(
        1,
        name,
        state,
        new Ref(1, "admin"),
        START,
        end,
        "default",
        4,
        new Ref(1, "w"),
        new Ref(1, "p"),
        Map.of());
  }

  private static JsonNode data(WebhookEvent event) throws IOException {
    return JSON.readTree(text(event)).path("event_data");
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static byte[] render(WebhookEvent event) {
    return new Payloads(1, Optional.empty()).render(PayloadForm.DEFAULT, event).body();
  }

  private static String text(WebhookEvent event) {
    return new String(render(event), UTF_8);
  }

  private static JsonNode documented() throws IOException {
    return JSON.readTree(
        DefaultRendererTest.class.getResource("/contract/experiment-completed.json"));
  }

  /** Returns all paths of a document in its order, each with the type of its value. */
  private static List<String> shape(String path, JsonNode node) {
    List<String> lines = new ArrayList<>();
    JsonNodeType type = node.getNodeType();
    lines.add(path + ": " + (node.isIntegralNumber() ? "whole " : "") + type);
    node.properties()
        .forEach(child -> lines.addAll(shape(path + "/" + child.getKey(), child.getValue())));
    return lines;
  }
}
