package org.expmaster.webhook.payload;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Ref;
import org.expmaster.webhook.event.WebhookEvent;

/** The event that the documentation shows. */
final class TestEvent {
  private static final long DOCUMENTED_SECONDS = 18_400;

  private TestEvent() {}

  /** The documented event with an id and a time of its own. */
  static WebhookEvent of(UUID id, Instant at) {
    return new WebhookEvent.StateChanged(id, at, experiment(at));
  }

  /** The documented experiment, ended now. */
  static Experiment experiment(Instant at) {
    return new Experiment(
        1,
        "cifar10_pytorch_const profiler",
        ExperimentState.COMPLETED,
        new Ref(1, "admin"),
        at.minusSeconds(DOCUMENTED_SECONDS),
        Optional.of(at),
        "A100 Production",
        24,
        new Ref(1, "Autonomous Vehicles"),
        new Ref(12, "Light detection"),
        Map.of());
  }
}
