package org.expmaster.webhook.match;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.registry.RegistrySnapshot;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookMode;

/** Finds the webhooks an event concerns, in memory. */
public final class TriggerMatcher {
  private final Supplier<RegistrySnapshot> registry;

  /**
   * @param registry gives the webhooks as they are now
   */
  public TriggerMatcher(Supplier<RegistrySnapshot> registry) {
    this.registry = registry;
  }

  /** The webhooks that want to know of a change of state, each once. */
  public List<Webhook> match(StateChanged event) {
    Experiment experiment = event.experiment();
    List<Webhook> triggered = registry.get().triggeredBy(experiment.state());
    if (triggered.isEmpty()) {
      return List.of();
    }
    ExperimentSubscription subscription = ExperimentSubscription.of(experiment.config());
    if (subscription.excluded()) {
      return List.of();
    }
    List<Webhook> matched = new ArrayList<>();
    for (Webhook webhook : triggered) {
      if (covers(webhook, experiment)
          && (webhook.mode() == WebhookMode.WORKSPACE || subscription.names(webhook))) {
        matched.add(webhook);
      }
    }
    return matched;
  }

  private static boolean covers(Webhook webhook, Experiment experiment) {
    return webhook.workspaceId().isEmpty()
        || webhook.workspaceId().getAsLong() == experiment.workspace().id();
  }
}
