package org.expmaster.webhook.payload;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.Task;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.MetricThreshold;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;

/** The values of a template's placeholders. Values that an event lacks are empty. */
final class Placeholders {
  static final List<String> NAMES =
      List.of(
          "event",
          "experiment.id",
          "experiment.name",
          "experiment.state",
          "experiment.duration",
          "experiment.resource_pool",
          "experiment.slots",
          "workspace.id",
          "workspace.name",
          "project.id",
          "project.name",
          "user",
          "url",
          "trial.id",
          "task.id",
          "task.node",
          "log.line",
          "log.regex",
          "alert.level",
          "alert.title",
          "alert.description",
          "metric.name",
          "metric.value",
          "metric.operator",
          "metric.threshold");

  /** Maximum length of a value in UTF-16 units, so that one value leaves room for the others. */
  private static final int LONGEST = 300;

  private final Map<String, Object> values = new HashMap<>();
  private final UnaryOperator<String> escape;

  private Placeholders(UnaryOperator<String> escape) {
    this.escape = escape;
  }

  static Map<String, Object> of(WebhookEvent event, Links links, UnaryOperator<String> escape) {
    Placeholders placeholders = new Placeholders(escape);
    placeholders.put("event", event.type());
    event.subject().ifPresent(subject -> placeholders.experiment(subject, event.at(), links));
    event.accept(placeholders.new Details());
    return placeholders.values;
  }

  private void experiment(Experiment experiment, Instant now, Links links) {
    put("experiment.id", experiment.id());
    put("experiment.name", experiment.name());
    put("experiment.state", experiment.state());
    put("experiment.duration", Messages.words(experiment.duration(now)));
    put("experiment.resource_pool", experiment.resourcePool());
    put("experiment.slots", experiment.slots());
    put("workspace.id", experiment.workspace().id());
    put("workspace.name", experiment.workspace().name());
    put("project.id", experiment.project().id());
    put("project.name", experiment.project().name());
    put("user", experiment.owner().name());
    // neither escaped nor cut, which would break the link: the URL is the operator's own
    values.put("url", links.experiment(experiment).orElse(""));
  }

  /** Puts the values that only this kind of event has. */
  private final class Details implements WebhookEvent.Visitor<Void> {
    @Override
    public Void stateChanged(StateChanged event) {
      return null;
    }

    @Override
    public Void taskLogMatched(TaskLogMatched event) {
      Task task = event.line().task();
      task.trialId().ifPresent(id -> put("trial.id", id));
      put("task.id", task.id());
      put("task.node", event.line().node());
      put("log.line", Text.code(event.line().text()));
      put("log.regex", Text.code(event.regex()));
      return null;
    }

    @Override
    public Void customAlert(CustomAlert event) {
      event.trialId().ifPresent(id -> put("trial.id", id));
      put("alert.level", event.alert().level());
      put("alert.title", event.alert().title());
      put("alert.description", event.alert().description());
      return null;
    }

    @Override
    public Void metricThreshold(MetricThreshold event) {
      put("trial.id", event.trialId());
      put("metric.name", event.crossing().metric());
      put("metric.value", Numbers.text(event.crossing().value()));
      put("metric.operator", event.crossing().operator());
      put("metric.threshold", Numbers.text(event.crossing().threshold()));
      return null;
    }
  }

  /** Puts a value into nested maps: Mustache looks {@code a.b} up as {@code b} in {@code a}. */
  private void put(String name, Object value) {
    String text = Text.cut(LONGEST, Text.line(String.valueOf(value)), escape);
    int dot = name.indexOf('.');
    if (dot < 0) {
      values.put(name, text);
      return;
    }
    @SuppressWarnings("unchecked") // put there by the next line
    Map<String, Object> group =
        (Map<String, Object>)
            values.computeIfAbsent(name.substring(0, dot), part -> new HashMap<String, Object>());
    group.put(name.substring(dot + 1), text);
  }
}
