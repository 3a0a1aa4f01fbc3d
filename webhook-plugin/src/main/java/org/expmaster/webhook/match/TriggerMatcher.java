package org.expmaster.webhook.match;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.registry.RegistrySnapshot;
import org.expmaster.webhook.registry.Trigger.Custom;
import org.expmaster.webhook.registry.Trigger.StateChange;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookMode;

/** Finds the webhooks that an event concerns, in memory. */
public final class TriggerMatcher {
  private final Supplier<RegistrySnapshot> registry;

  private final Complaints complaints;

  /**
   * @param registry supplies the current webhooks
   * @param complaints is given the configs of experiments that match
   */
  public TriggerMatcher(Supplier<RegistrySnapshot> registry, Complaints complaints) {
    this.registry = registry;
    this.complaints = complaints;
  }

  /** Returns the webhooks to notify of a state change, each once. */
  public List<Webhook> match(StateChanged event) {
    return concerned(registry.get().triggeredBy(event.experiment().state()), event.experiment());
  }

  /**
   * Returns the webhooks to notify of a state change of some time ago: those whose trigger existed
   * at that time, each once.
   */
  public List<Webhook> matchLate(StateChanged event) {
    ExperimentState state = event.experiment().state();
    List<Webhook> then =
        registry.get().triggeredBy(state).stream()
            .filter(webhook -> hadTrigger(webhook, state, event.at()))
            .toList();
    return concerned(then, event.experiment());
  }

  private static boolean hadTrigger(Webhook webhook, ExperimentState state, Instant at) {
    return webhook.triggers().stream()
        .filter(stored -> !stored.createdAt().isAfter(at))
        .anyMatch(stored -> stored.trigger().equals(new StateChange(state)));
  }

  /** Returns the webhooks named in the experiment's config that fire on alerts, each once. */
  public List<Webhook> match(CustomAlert event) {
    List<Webhook> triggered =
        registry.get().byId().values().stream()
            .filter(webhook -> webhook.mode() == WebhookMode.SPECIFIC)
            .filter(TriggerMatcher::hearsAlerts)
            .toList();
    return concerned(triggered, event.experiment());
  }

  private static boolean hearsAlerts(Webhook webhook) {
    return webhook.triggers().stream()
        .map(Webhook.StoredTrigger::trigger)
        .anyMatch(Custom.class::isInstance);
  }

  private List<Webhook> concerned(List<Webhook> triggered, Experiment experiment) {
    if (triggered.isEmpty()) {
      return List.of();
    }
    Concern concern = Concern.of(experiment);
    complaints.about(experiment, concern);
    List<Webhook> concerned = new ArrayList<>();
    for (Webhook webhook : triggered) {
      if (concern.includes(webhook)) {
        concerned.add(webhook);
      }
    }
    return concerned;
  }
}
