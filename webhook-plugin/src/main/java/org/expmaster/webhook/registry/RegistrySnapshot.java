package org.expmaster.webhook.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.registry.ChangeStore.Changes;
import org.expmaster.webhook.registry.Trigger.StateChange;

/** All webhooks at one moment, indexed for matching. Immutable. */
public final class RegistrySnapshot {
  private final long version;
  private final NavigableMap<Long, Webhook> byId;
  private final Map<ExperimentState, List<Webhook>> byState;

  RegistrySnapshot(long version, Collection<Webhook> webhooks) {
    this(version, new TreeMap<>(), new EnumMap<>(ExperimentState.class));
    webhooks.forEach(webhook -> byId.put(webhook.id(), webhook));
    index(states(webhooks), Set.of(), byId.values());
  }

  private RegistrySnapshot(
      long version, NavigableMap<Long, Webhook> byId, Map<ExperimentState, List<Webhook>> byState) {
    this.version = version;
    this.byId = byId;
    this.byState = byState;
  }

  /** Returns the snapshot after some changes. Copies only references to unchanged webhooks. */
  RegistrySnapshot after(Changes changes) {
    if (changes.everything()) {
      return new RegistrySnapshot(changes.version(), changes.written());
    }
    RegistrySnapshot next =
        new RegistrySnapshot(changes.version(), new TreeMap<>(byId), new EnumMap<>(byState));
    Set<Long> gone = new HashSet<>(changes.deleted());
    changes.written().forEach(webhook -> gone.add(webhook.id()));
    List<Webhook> replaced = new ArrayList<>();
    gone.forEach(id -> find(id).ifPresent(replaced::add));

    next.byId.keySet().removeAll(gone);
    List<Webhook> added =
        changes.written().stream().filter(w -> !changes.deleted().contains(w.id())).toList();
    added.forEach(webhook -> next.byId.put(webhook.id(), webhook));
    Set<ExperimentState> touched = states(replaced);
    touched.addAll(states(added));
    next.index(touched, gone, added);
    return next;
  }

  /** Removes the gone webhooks from the lists of the touched states, and adds the added ones. */
  private void index(Set<ExperimentState> touched, Set<Long> gone, Collection<Webhook> added) {
    for (ExperimentState state : touched) {
      List<Webhook> list = new ArrayList<>(triggeredBy(state));
      list.removeIf(webhook -> gone.contains(webhook.id()));
      added.stream().filter(webhook -> states(List.of(webhook)).contains(state)).forEach(list::add);
      list.sort(Comparator.comparingLong(Webhook::id));
      byState.put(state, List.copyOf(list));
    }
  }

  private static Set<ExperimentState> states(Collection<Webhook> webhooks) {
    Set<ExperimentState> states = EnumSet.noneOf(ExperimentState.class);
    for (Webhook webhook : webhooks) {
      webhook.eachTrigger(StateChange.class, (id, trigger) -> states.add(trigger.state()));
    }
    return states;
  }

  long version() {
    return version;
  }

  /** Returns all webhooks by id. */
  public NavigableMap<Long, Webhook> byId() {
    return Collections.unmodifiableNavigableMap(byId);
  }

  /** Returns the webhook with this id. */
  public Optional<Webhook> find(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Returns the webhooks with a trigger on this state, each once, ordered by id. */
  public List<Webhook> triggeredBy(ExperimentState state) {
    return byState.getOrDefault(state, List.of());
  }
}
