package org.expmaster.webhook.payload;

import static org.expmaster.webhook.payload.DefaultRendering.DOCUMENTED_ID;
import static org.expmaster.webhook.payload.DefaultRendering.JSON;
import static org.expmaster.webhook.payload.DefaultRendering.START;
import static org.expmaster.webhook.payload.DefaultRendering.data;
import static org.expmaster.webhook.payload.DefaultRendering.experiment;
import static org.expmaster.webhook.payload.DefaultRendering.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Task;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.webhook.event.Alert;
import org.expmaster.webhook.event.Crossing;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.MetricThreshold;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The other events: log lines, alerts and metrics. */
class DefaultEventsTest {
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
    assertEquals("RUNNING", data.at("/experiment/state").stringValue());
  }

  @Test
  void anAlertIsToldWithItsExperiment() throws IOException {
    Experiment experiment = experiment("n", ExperimentState.RUNNING, Optional.empty());
    Alert alert = new Alert("t", "d", Alert.Level.CRITICAL);
    WebhookEvent event =
        new CustomAlert(DOCUMENTED_ID, START, experiment, OptionalLong.of(3), alert);
    assertEquals("custom", JSON.readTree(text(event)).path("event_type").stringValue());
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
    assertEquals("metric_threshold", JSON.readTree(text(event)).path("event_type").stringValue());
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
    assertEquals("Infinity", value.stringValue());
  }

  private static List<String> names(JsonNode object) {
    return List.copyOf(object.propertyNames());
  }
}
