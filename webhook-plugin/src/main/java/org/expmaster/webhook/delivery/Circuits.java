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

/** The circuits of all webhooks, and which of them have changed. Thread-safe. */
final class Circuits implements Gate {
  private static final Log log = Log.of(Circuits.class);

  /** A constant, since there may be no memory to build a message. */
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

  /** Returns how many requests to the target may be in flight now. */
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

  /** Returns why the last outcome could not be counted; empty if it was. */
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

  /** Returns what the other masters do not know yet. */
  List<Circuit.Finding> findings() {
    return changed.stream()
        .map(circuits::get)
        .flatMap(circuit -> Optional.ofNullable(circuit).flatMap(Circuit::finding).stream())
        .toList();
  }

  /** Records that these findings have been committed to the database. */
  void kept(List<Circuit.Finding> findings) {
    findings.forEach(finding -> finding.circuit().kept(finding));
    // a copy: an iterator could meet what is added back, and never end
    for (long webhookId : List.copyOf(changed)) {
      // removed first: a thread that finds something in between adds it again
      changed.remove(webhookId);
      if (Optional.ofNullable(circuits.get(webhookId)).flatMap(Circuit::finding).isPresent()) {
        changed.add(webhookId);
      }
    }
  }

  /** Adopts the stored health of all webhooks; returns those for which it has changed. */
  List<Long> follow(Map<Long, KeptHealth> kept) {
    kept.keySet().forEach(this::of);
    return circuits.entrySet().stream()
        .filter(
            circuit ->
                circuit.getValue().follow(kept.getOrDefault(circuit.getKey(), KeptHealth.NONE)))
        .map(Map.Entry::getKey)
        .toList();
  }

  List<Long> failing() {
    return circuits.entrySet().stream()
        .filter(circuit -> circuit.getValue().health().failingSince().isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Adopts the stored health of a webhook. When it returns, the sender has all attempts that began
   * before.
   */
  void follow(long webhookId, KeptHealth kept) {
    Circuit circuit = of(webhookId);
    circuit.follow(kept);
    circuit.awaitBegun();
  }

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
