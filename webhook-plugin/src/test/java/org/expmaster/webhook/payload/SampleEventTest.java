package org.expmaster.webhook.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.registry.Comparison;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Trigger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks what previews show. */
class SampleEventTest {
  static Stream<Arguments> triggers() {
    return Stream.of(
        Arguments.of(new Trigger.StateChange(ExperimentState.ERROR), "experiment_error", "ERROR"),
        Arguments.of(
            new Trigger.StateChange(ExperimentState.RUNNING), "experiment_running", "A100"),
        Arguments.of(new Trigger.TaskLog("OOM|SIGKILL"), "task_log", "OOM|SIGKILL"),
        Arguments.of(new Trigger.Custom(), "custom", "the alert's title"),
        Arguments.of(
            new Trigger.MetricThreshold("acc", Comparison.AT_LEAST, 0.5),
            "metric_threshold",
            "acc"));
  }

  @ParameterizedTest
  @MethodSource("triggers")
  void eachTriggerHasOne(Trigger trigger, String type, String part) {
    Payload payload =
        new Payloads(1, Optional.empty())
            .sample(PayloadForm.DEFAULT, trigger, UUID.randomUUID(), Events.NOON);
    String body = new String(payload.body(), UTF_8);
    assertTrue(body.contains("\"event_type\":\"" + type + "\""), body);
    assertTrue(body.contains(part), body);
    assertTrue(body.contains("cifar10_pytorch_const profiler"), body);
  }
}
