package org.expmaster.webhook.payload;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Task;
import org.expmaster.webhook.event.Crossing;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.MetricThreshold;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;
import org.expmaster.webhook.payload.Message.Accent;
import org.expmaster.webhook.payload.Message.Fact;
import org.expmaster.webhook.payload.Message.Link;
import org.expmaster.webhook.payload.Message.Quote;
import org.expmaster.webhook.payload.Message.Subject;

/** Composes the messages about events, the same for every chat. */
final class Messages implements WebhookEvent.Visitor<Message> {
  private final Links links;

  Messages(Links links) {
    this.links = links;
  }

  Message of(WebhookEvent event) {
    return event.accept(this);
  }

  @Override
  public Message stateChanged(StateChanged event) {
    return about(event, sentence(event.experiment().state()), List.of(), OptionalLong.empty());
  }

  @Override
  public Message customAlert(CustomAlert event) {
    List<Fact> alert =
        List.of(
            new Fact("Level", event.alert().level().name()),
            new Fact("Title", Text.line(event.alert().title())),
            new Fact("Description", Text.lines(event.alert().description())));
    return about(event, sentence(event.experiment().state()), alert, event.trialId());
  }

  @Override
  public Message metricThreshold(MetricThreshold event) {
    return about(
        event,
        "A metric of your experiment has crossed a threshold",
        facts(event.crossing()),
        OptionalLong.of(event.trialId()));
  }

  private static List<Fact> facts(Crossing crossing) {
    return List.of(
        new Fact("Metric", Text.line(crossing.metric())),
        new Fact("Value", Numbers.text(crossing.value())),
        new Fact("Threshold", crossing.operator() + " " + Numbers.text(crossing.threshold())));
  }

  private static String sentence(ExperimentState state) {
    return switch (state) {
      case COMPLETED -> "Your experiment completed successfully 🎉";
      case ERROR -> "Your experiment has stopped with errors";
      default -> "The status of your experiment is " + state;
    };
  }

  private Message about(
      WebhookEvent event, String sentence, List<Fact> details, OptionalLong trialId) {
    Subject subject = subject(event.subject().orElseThrow(), event.at(), trialId);
    return new Message(sentence, details, List.of(), Optional.empty(), Optional.of(subject));
  }

  private Subject subject(Experiment experiment, Instant now, OptionalLong trialId) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Status", status(experiment.state())));
    facts.add(new Fact("Duration", words(experiment.duration(now))));
    facts.add(
        new Fact(
            "Workspace",
            Text.line(experiment.workspace().name()),
            links.workspace(experiment.workspace())));
    facts.add(
        new Fact(
            "Project",
            Text.line(experiment.project().name()),
            links.project(experiment.project())));
    trialId.ifPresent(id -> facts.add(new Fact("Trial ID", Long.toString(id))));
    return new Subject(
        accent(experiment.state()),
        mark(experiment.state()),
        Text.line(experiment.name()),
        experiment.id(),
        links.experiment(experiment),
        facts);
  }

  @Override
  public Message taskLogMatched(TaskLogMatched event) {
    Task task = event.line().task();
    String who =
        task.experimentId().isPresent() && task.trialId().isPresent()
            ? "Experiment ID "
                + code(task.experimentId().getAsLong())
                + ", Trial ID "
                + code(task.trialId().getAsLong())
            : "Task ID " + code(task.id()) + ", task type " + code(task.type());
    Optional<Link> logs =
        task.experimentId().isPresent() && task.trialId().isPresent()
            ? Optional.of(links.logs(task.experimentId().getAsLong(), task.trialId().getAsLong()))
            : Optional.empty();
    return new Message(
        who + ", running on node " + code(event.line().node()) + ", reported a log",
        List.of(),
        List.of(
            new Quote("", Text.code(event.line().text())),
            new Quote("This log matched the regex", Text.code(event.regex()))),
        logs,
        Optional.empty());
  }

  private static String code(Object value) {
    return "`" + Text.line(String.valueOf(value)).replace('`', '\'') + "`";
  }

  private static String status(ExperimentState state) {
    return switch (state) {
      case COMPLETED -> "Completed";
      case ERROR -> "Errored";
      default -> state.name();
    };
  }

  private static String mark(ExperimentState state) {
    return switch (state) {
      case COMPLETED -> "✅ ";
      case ERROR -> "❌ ";
      default -> "";
    };
  }

  private static Accent accent(ExperimentState state) {
    return switch (state) {
      case COMPLETED -> Accent.GOOD;
      case ERROR -> Accent.BAD;
      default -> Accent.NEUTRAL;
    };
  }

  /** Formats a duration, such as {@code 5h 6min}. */
  static String words(Duration duration) {
    return duration.toHours() + "h " + duration.toMinutesPart() + "min";
  }
}
