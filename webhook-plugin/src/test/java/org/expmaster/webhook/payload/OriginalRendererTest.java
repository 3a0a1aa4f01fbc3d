package org.expmaster.webhook.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.WebhookType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks payload version 2 byte for byte: receivers written for Determined read it. */
class OriginalRendererTest {
  private static final PayloadForm ORIGINAL = new PayloadForm(WebhookType.DEFAULT, 2, "");
  private static final String EXPERIMENT =
      """
      {"id":7,"state":"%s","name":"größe 🎉","duration":18400,"resource_pool":"A100",\
      "slots_per_trial":24,"workspace":"Vehicles","project":"Light"%s}""";

  @ParameterizedTest
  @CsvSource({"COMPLETED", "ERROR", "RUNNING"})
  void aStateChangeNamesTheStateInItsCondition(ExperimentState state) {
    assertSends(
        "EXPERIMENT_STATE_CHANGE",
        "{\"state\":\"" + state + "\"}",
        "{\"experiment\":" + EXPERIMENT.formatted(state, "") + "}",
        Events.stateChanged(Events.experiment("größe 🎉", state)));
  }

  @Test
  void aTaskLogNamesItsRegexInItsCondition() {
    assertSends(
        "TASK_LOG",
        "{\"regex\":\"out of .*\"}",
        "{\"task_log\":{\"task_id\":\"7.3\",\"node_name\":\"node-1\","
            + "\"triggering_log\":\"out of memory\"}}",
        Events.taskLog(
            Optional.of(Events.experiment("größe 🎉", ExperimentState.RUNNING)),
            "out of memory",
            "out of .*"));
  }

  @Test
  void theLogOfATaskWithoutAnExperimentSpeaksOfNone() {
    assertSends(
        "TASK_LOG",
        "{\"regex\":\"x\"}",
        "{\"task_log\":{\"task_id\":\"7.3\",\"node_name\":\"node-1\",\"triggering_log\":\"x\"}}",
        Events.taskLog(Optional.empty(), "x", "x"));
  }

  @Test
  void anAlertNamesTheExperimentsPresentStateInItsCondition() {
    assertSends(
        "CUSTOM",
        "{\"state\":\"RUNNING\"}",
        "{\"experiment\":"
            + EXPERIMENT.formatted("RUNNING", ",\"trial_id\":3")
            + ",\"custom_data\":{\"title\":\"t\",\"description\":\"d\",\"level\":\"WARNING\"}}",
        Events.alert(
            Events.experiment("größe 🎉", ExperimentState.RUNNING), OptionalLong.of(3), "t", "d"));
  }

  @Test
  void aCrossedThresholdNamesWhatWasCrossedInItsCondition() {
    assertSends(
        "METRIC_THRESHOLD_EXCEEDED",
        "{\"metric\":\"accuracy\",\"operator\":\">=\",\"value\":0.9}",
        "{\"experiment\":"
            + EXPERIMENT.formatted("RUNNING", ",\"trial_id\":3")
            + ",\"metric\":{\"name\":\"accuracy\",\"value\":0.95,\"operator\":\">=\","
            + "\"threshold\":0.9}}",
        Events.crossed(Events.experiment("größe 🎉", ExperimentState.RUNNING), "accuracy"));
  }

  @Test
  void theTestHasDataThatSaysSo() {
    UUID id = UUID.randomUUID();
    Payload test =
        new Payloads(2, Optional.empty()).test(PayloadForm.DEFAULT, id, Instant.ofEpochSecond(5));
    assertEquals(
        "{\"event_id\":\""
            + id
            + "\",\"event_type\":\"EXPERIMENT_STATE_CHANGE\",\"timestamp\":5,"
            + "\"condition\":{\"state\":\"COMPLETED\"},\"event_data\":{\"data\":\"test\"}}",
        new String(test.body(), UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 1", "2, 0, 2", "1, 2, 2", "2, 1, 1"})
  void aWebhooksOwnVersionGoesBeforeTheMasters(int masters, int own, int sent) {
    WebhookEvent event = Events.stateChanged(Events.experiment("n", ExperimentState.ERROR));
    Payload payload =
        new Payloads(masters, Optional.empty())
            .render(new PayloadForm(WebhookType.DEFAULT, own, ""), event);
    boolean original = new String(payload.body(), UTF_8).contains("EXPERIMENT_STATE_CHANGE");
    assertEquals(sent, original ? 2 : 1);
    assertEquals("application/json; charset=UTF-8", payload.contentType());
  }

  private static void assertSends(String type, String condition, String data, WebhookEvent event) {
    assertEquals(
        "{\"event_id\":\""
            + event.id()
            + "\",\"event_type\":\""
            + type
            + "\",\"timestamp\":1772366400,\"condition\":"
            + condition
            + ",\"event_data\":"
            + data
            + "}",
        new String(new Payloads(1, Optional.empty()).render(ORIGINAL, event).body(), UTF_8));
  }
}
