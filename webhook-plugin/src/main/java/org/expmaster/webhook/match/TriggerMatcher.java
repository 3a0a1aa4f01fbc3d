package org.expmaster.webhook.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.registry.RegistrySnapshot;
import org.expmaster.webhook.registry.Trigger.Custom;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.telling.Log;

/** Finds the webhooks that an event concerns, in memory. */
public final class TriggerMatcher {
  private static final Log log = Log.of(TriggerMatcher.class);

  /** Number of experiments of which is remembered that their config was complained of. */
  private static final int REMEMBERED = 1_000;

  private final Supplier<RegistrySnapshot> registry;

  /** The last experiments whose config was complained of. */
  private final Set<Long> complainedOf =
      Collections.newSetFromMap(
          Collections.synchronizedMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  /**
   * @param registry supplies the current webhooks
   */
  public TriggerMatcher(Supplier<RegistrySnapshot> registry) {
    this.registry = registry;
  }

  /** Returns the webhooks to notify of a state change, each once. */
  public List<Webhook> match(StateChanged event) {
    return concerned(registry.get().triggeredBy(event.experiment().state()), event.experiment());
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

  /** Logs once per experiment what its config says of webhooks and nobody understands. */
  private void complain(Experiment experiment, Concern concern) {
    if (!concern.problems().isEmpty() && complainedOf.add(experiment.id())) {
      log.warn(
          "the config of experiment {} names webhooks in a way that is not understood: {}",
          experiment.id(),
          String.join("; ", concern.problems()));
    }
  }

  private List<Webhook> concerned(List<Webhook> triggered, Experiment experiment) {
    if (triggered.isEmpty()) {
      return List.of();
    }
    Concern concern = Concern.of(experiment);
    complain(experiment, concern);
    List<Webhook> concerned = new ArrayList<>();
    for (Webhook webhook : triggered) {
      if (concern.includes(webhook)) {
        concerned.add(webhook);
      }
    }
    return concerned;
  }
}
