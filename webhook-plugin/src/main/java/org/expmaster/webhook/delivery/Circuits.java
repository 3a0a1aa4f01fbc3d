package org.expmaster.webhook.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.KeptHealth;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.telling.Log;

/** The circuits of all webhooks, and which of them have changed. Any thread may use it. */
final class Circuits implements Gate {
  private static final Log log = Log.of(Circuits.class);

  /** A constant: there may be no memory for more. */
  private static final String UNLEARNED =
      "how an attempt ended could not be counted for its webhook's health";

  private final Duration disableAfter;
  private final Clock clock;
  private final Map<Long, Circuit> circuits = new ConcurrentHashMap<>();
  private final Set<Long> changed = ConcurrentHashMap.newKeySet();
  private volatile String problem = "";

  Circuits(Duration disableAfter, Clock clock) {
    this.disableAfter = disableAfter;
    this.clock = clock;
  }

  /** How many requests may be under way to it now. */
  int limit(Target target) {
    Circuit circuit = circuits.get(target.webhookId());
    return circuit == null
        ? target.maxInFlight()
        : circuit.limit(target.maxInFlight(), clock.instant());
  }

  Health health(long webhookId) {
    Circuit circuit = circuits.get(webhookId);
    return circuit == null ? Health.WELL : circuit.health();
  }

  @Override
  public Optional<Circuit.Permit> begin(long webhookId) {
    return of(webhookId).begin(clock.instant());
  }

  @Override
  public void learn(long webhookId, Circuit.Permit permit, Outcome outcome) {
    try {
      note(webhookId, permit, outcome);
      problem = "";
    } catch (RuntimeException | Error unlearned) {
      problem = UNLEARNED;
    }
  }

  /** What keeps this master from learning how webhooks do; empty if nothing does. */
  String problem() {
    return problem;
  }

  private void note(long webhookId, Circuit.Permit permit, Outcome outcome) {
    Circuit.Change change = permit.circuit().learn(permit, outcome, clock.instant());
    if (change.isNews()) {
      changed.add(webhookId);
    }
    tell(webhookId, change.before(), change.after());
  }

  /** What the other masters do not know yet. */
  List<Circuit.Finding> findings() {
    return changed.stream()
        .map(circuits::get)
        .flatMap(circuit -> Optional.ofNullable(circuit).flatMap(Circuit::finding).stream())
        .toList();
  }

  /** What was found is in the database now. */
  void kept(List<Circuit.Finding> findings) {
    findings.forEach(finding -> finding.circuit().kept(finding));
    // a copy: an iterator could meet what is added again, and add it again, for ever
    for (long webhookId : List.copyOf(changed)) {
      // in this order: who finds out something in between adds it again
      changed.remove(webhookId);
      if (Optional.ofNullable(circuits.get(webhookId)).flatMap(Circuit::finding).isPresent()) {
        changed.add(webhookId);
      }
    }
  }

  /** Takes over what is kept of all webhooks; says of which ones it is news. */
  List<Long> follow(Map<Long, KeptHealth> kept) {
    kept.keySet().forEach(this::of);
    return circuits.entrySet().stream()
        .filter(
            circuit ->
                circuit.getValue().follow(kept.getOrDefault(circuit.getKey(), KeptHealth.NONE)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The webhooks that are failing. */
  List<Long> failing() {
    return circuits.entrySet().stream()
        .filter(circuit -> circuit.getValue().health().failingSince().isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Takes over what is kept of a webhook. Attempts that began before are in the sender's hands when
   * it returns.
   */
  void follow(long webhookId, KeptHealth kept) {
    Circuit circuit = of(webhookId);
    circuit.follow(kept);
    circuit.awaitBegun();
  }

  /** Forgets webhooks that are gone. */
  void forget(LongPredicate isGone) {
    circuits.keySet().removeIf(isGone::test);
  }

  private static void tell(long webhookId, Health before, Health after) {
    if (before.equals(after)) {
      return;
    }
    if (after.disabledAt().isPresent()) {
      log.warn(
          "webhook {} is disabled: {}; what is for it waits until someone enables it"
              + " (POST /api/v1/webhooks/{}/enable)",
          webhookId,
          after.reason(),
          webhookId);
    } else if (before.failingSince().isEmpty() && after.failingSince().isPresent()) {
      log.warn("webhook {} is failing: {}", webhookId, after.reason());
    } else if (before.failingSince().isPresent() && after.failingSince().isEmpty()) {
      log.info("webhook {} is well again", webhookId);
    } else if (after.pausedUntil().isPresent()) {
      log.debug("webhook {} is paused until {}", webhookId, after.pausedUntil().get());
    }
  }

  private Circuit of(long webhookId) {
    return circuits.computeIfAbsent(webhookId, id -> new Circuit(id, disableAfter));
  }
}
