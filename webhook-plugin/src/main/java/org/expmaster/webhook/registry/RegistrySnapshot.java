package org.expmaster.webhook.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.registry.Trigger.StateChange;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;

/** All webhooks at one moment, indexed for matching. Immutable. */
public final class RegistrySnapshot {
  private final long version;
  private final Map<Long, Webhook> byId;
  private final Map<ExperimentState, List<Webhook>> byState;

  RegistrySnapshot(long version, List<Webhook> webhooks) {
    this.version = version;
    Map<Long, Webhook> ids = new LinkedHashMap<>();
    Map<ExperimentState, List<Webhook>> states = new EnumMap<>(ExperimentState.class);
    for (Webhook webhook : webhooks) {
      ids.put(webhook.id(), webhook);
      webhook.triggers().stream()
          .map(StoredTrigger::trigger)
          .filter(StateChange.class::isInstance)
          .map(trigger -> ((StateChange) trigger).state())
          .distinct()
          .forEach(state -> states.computeIfAbsent(state, s -> new ArrayList<>()).add(webhook));
    }
    this.byId = Collections.unmodifiableMap(ids);
    states.replaceAll((state, list) -> List.copyOf(list));
    this.byState = states;
  }

  long version() {
    return version;
  }

  /** All webhooks, by id. */
  public Map<Long, Webhook> byId() {
    return byId;
  }

  /** The webhook with this id. */
  public Optional<Webhook> find(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The webhooks with a trigger on this state, each once. */
  public List<Webhook> triggeredBy(ExperimentState state) {
    return byState.getOrDefault(state, List.of());
  }
}
