package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.expmaster.webhook.health.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The circuits of all webhooks, and which of them have changed. Confined to the delivery loop. */
final class Circuits {
  private static final Logger log = LoggerFactory.getLogger(Circuits.class);

  private final Duration disableAfter;
  private final Map<Long, Circuit> circuits = new HashMap<>();
  private final Map<Long, Health> changed = new HashMap<>();

  Circuits(Duration disableAfter) {
    this.disableAfter = disableAfter;
  }

  int limit(Target target, Instant now) {
    Circuit circuit = circuits.get(target.webhookId());
    return circuit == null ? target.maxInFlight() : circuit.limit(target.maxInFlight(), now);
  }

  void learn(long webhookId, Outcome outcome, Instant now) {
    Circuit circuit = circuits.get(webhookId);
    if (circuit == null) {
      if (outcome.succeeded()) {
        return;
      }
      circuit = new Circuit(disableAfter);
      circuits.put(webhookId, circuit);
    }
    Health before = circuit.health();
    if (circuit.learn(outcome, now)) {
      changed.put(webhookId, circuit.health());
      tell(webhookId, before, circuit.health());
    }
    if (outcome.succeeded() && circuit.health().isWell()) {
      circuits.remove(webhookId);
    }
  }

  /** What has changed since {@link #kept}. */
  Map<Long, Health> changed() {
    return changed;
  }

  /** What has changed is in the database now. */
  void kept() {
    changed.clear();
  }

  /** Takes over what the database says, except where this master knows better and will say so. */
  void follow(Map<Long, Health> unwell) {
    unwell.forEach(
        (webhookId, health) -> {
          if (!changed.containsKey(webhookId)) {
            circuits.computeIfAbsent(webhookId, id -> new Circuit(disableAfter)).follow(health);
          }
        });
    circuits.forEach(
        (webhookId, circuit) -> {
          if (!unwell.containsKey(webhookId) && !changed.containsKey(webhookId)) {
            circuit.follow(Health.WELL);
          }
        });
  }

  private static void tell(long webhookId, Health before, Health after) {
    if (after.disabledAt().isPresent()) {
      log.warn("webhook {} is disabled: {}", webhookId, after.reason());
    } else if (before.failingSince().isEmpty() && after.failingSince().isPresent()) {
      log.warn("webhook {} is failing: {}", webhookId, after.reason());
    } else if (before.failingSince().isPresent() && after.failingSince().isEmpty()) {
      log.info("webhook {} is well again", webhookId);
    } else if (after.pausedUntil().isPresent()) {
      log.debug("webhook {} is paused until {}", webhookId, after.pausedUntil().get());
    }
  }
}
