package org.expmaster.webhook.event;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.expmaster.plugin.model.Experiment;

/** Something a webhook can be told of. */
public sealed interface WebhookEvent {

  /** The same on every attempt and for every webhook, so that receivers can drop duplicates. */
  UUID id();

  /** When it happened, by the master's clock. */
  Instant at();

  /** The experiment it happened to. */
  Experiment experiment();

  /** What kind of event it is, as receivers read it: {@code experiment_completed}. */
  String type();

  /** An experiment has come into a state; {@link Experiment#state()} says which. */
  record StateChanged(UUID id, Instant at, Experiment experiment) implements WebhookEvent {
    public StateChanged {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(experiment, "experiment");
    }

    @Override
    public String type() {
      return "experiment_" + experiment.state().name().toLowerCase(Locale.ROOT);
    }
  }
}
