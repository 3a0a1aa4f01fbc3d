package org.expmaster.webhook.payload;

import static org.expmaster.webhook.payload.DefaultRendering.DOCUMENTED_ID;
import static org.expmaster.webhook.payload.DefaultRendering.JSON;
import static org.expmaster.webhook.payload.DefaultRendering.START;
import static org.expmaster.webhook.payload.DefaultRendering.event;
import static org.expmaster.webhook.payload.DefaultRendering.experiment;
import static org.expmaster.webhook.payload.DefaultRendering.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Ref;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;
import tools.jackson.databind.node.ObjectNode;

/** The end of an experiment, told as the documentation tells it. */
class DefaultRendererTest {
  private static final Instant DOCUMENTED_TIME = Instant.ofEpochSecond(1_662_562_300);

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
    assertEquals(id.toString(), sent.path("event_id").stringValue());
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
    assertEquals(type, sent.path("event_type").stringValue());
    assertEquals(state.name(), sent.at("/event_data/experiment/state").stringValue());
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

  private static JsonNode documented() throws IOException {
    return JSON.readTree(
        DefaultRendererTest.class.getResourceAsStream("/contract/experiment-completed.json"));
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
