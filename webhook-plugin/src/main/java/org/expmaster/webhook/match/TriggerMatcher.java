package org.expmaster.webhook.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.registry.RegistrySnapshot;
import org.expmaster.webhook.registry.Trigger.Custom;
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
    return those(registry.get().triggeredBy(event.experiment().state()), event.experiment());
  }

  /** The webhooks that an experiment's config has named to be told of its alerts, each once. */
  public List<Webhook> match(CustomAlert event) {
    List<Webhook> triggered =
        registry.get().byId().values().stream()
            .filter(webhook -> webhook.mode() == WebhookMode.SPECIFIC)
            .filter(TriggerMatcher::hearsAlerts)
            .toList();
    return those(triggered, event.experiment());
  }

  private static boolean hearsAlerts(Webhook webhook) {
    return webhook.triggers().stream().anyMatch(stored -> stored.trigger() instanceof Custom);
  }

  /**
   * Whether a webhook wants to hear of what happens to an experiment; of what happens to none, such
   * as a command, only those hear that want to hear of everything.
   */
  public static boolean concerns(Webhook webhook, Optional<Experiment> experiment) {
    return experiment.isPresent()
        ? !those(List.of(webhook), experiment.get()).isEmpty()
        : webhook.workspaceId().isEmpty() && webhook.mode() == WebhookMode.WORKSPACE;
  }

  private static List<Webhook> those(List<Webhook> triggered, Experiment experiment) {
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
