package org.expmaster.webhook.payload;

import java.time.Instant;
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
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.MetricThreshold;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;

/** One event of each kind, at noon, of experiment 7 and its trial 3. */
final class Events {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID ID = UUID.fromString("1ac7d0b2-a4af-458b-a099-2326240088f6");

  private Events() {}

  static Experiment experiment(String name, ExperimentState state) {
    return experiment(name, state, "Vehicles", "Light");
  }

  static Experiment experiment(
      String name, ExperimentState state, String workspace, String project) {
    return new Experiment(
        7,
        name,
        state,
        new Ref(2, "ann"),
        NOON.minusSeconds(18_400),
        Optional.empty(),
        "A100",
        24,
        new Ref(5, workspace),
        new Ref(12, project),
        Map.of());
  }

  static StateChanged stateChanged(Experiment experiment) {
    return new StateChanged(ID, NOON, experiment);
  }

  static TaskLogMatched taskLog(Optional<Experiment> subject, String line, String regex) {
    OptionalLong experimentId = subject.isPresent() ? OptionalLong.of(7) : OptionalLong.empty();
    OptionalLong trialId = subject.isPresent() ? OptionalLong.of(3) : OptionalLong.empty();
    Task task = new Task("7.3", subject.isPresent() ? "TRIAL" : "COMMAND", experimentId, trialId);
    return new TaskLogMatched(
        ID, NOON, subject, new TaskLogLine(task, "node-1", line, NOON), regex);
  }

  static CustomAlert alert(
      Experiment experiment, OptionalLong trialId, String title, String description) {
    return new CustomAlert(
        ID, NOON, experiment, trialId, new Alert(title, description, Alert.Level.WARNING));
  }

  static MetricThreshold crossed(Experiment experiment, String metric) {
    return new MetricThreshold(ID, NOON, experiment, 3, new Crossing(metric, 0.95, ">=", 0.9));
  }
}
