package org.expmaster.webhook.payload;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Ref;
import org.expmaster.webhook.event.WebhookEvent;

/** The event in the documentation. */
final class TestEvent {
  private static final long DOCUMENTED_SECONDS = 18_400;

  private TestEvent() {}

  /** Returns the documented event with this id and time. */
  static WebhookEvent of(UUID id, Instant at) {
    return new WebhookEvent.StateChanged(id, at, experiment(at));
  }

  /** Returns the documented experiment, ended at this time. */
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
