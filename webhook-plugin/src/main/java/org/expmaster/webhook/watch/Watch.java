package org.expmaster.webhook.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.outbox.Backlog;
import org.expmaster.webhook.telling.Meters;

/**
 * Looks at the backlog and the health of all webhooks, and shows the last look in meters.
 *
 * <p>One thread looks; any may read.
 */
public final class Watch {
  /** How often to look. */
  public static final Duration EVERY = Duration.ofSeconds(10);

  private final Backlog backlog;
  private final HealthStore health;
  private final IntSupplier webhooks;
  private final Clock clock;
  private final Lag lag = new Lag();
  private volatile Sight sight = Sight.NOTHING;

  /**
   * @param webhooks returns how many webhooks there are
   * @param clock by which deliveries become due
   */
  public Watch(Backlog backlog, HealthStore health, IntSupplier webhooks, Clock clock) {
    this.backlog = backlog;
    this.health = health;
    this.webhooks = webhooks;
    this.clock = clock;
  }

  /** What the last look saw. */
  private record Sight(
      int waiting,
      Duration age,
      Duration overdue,
      int well,
      int failing,
      int paused,
      int disabled) {
    static final Sight NOTHING = new Sight(0, Duration.ZERO, Duration.ZERO, 0, 0, 0, 0);
  }

  /**
   * Looks once.
   *
   * @return what somebody must act on; empty if nothing
   */
  public Optional<String> look() {
    Instant now = clock.instant();
    Map<Long, Health> unwell = health.unwell();
    Map<Long, Instant> overdue = backlog.overdue(now);
    overdue.keySet().removeAll(unwell.keySet());
    int disabled = count(unwell.values(), now, State.DISABLED);
    int paused = count(unwell.values(), now, State.PAUSED);
    int failing = count(unwell.values(), now, State.FAILING);
    sight =
        new Sight(
            backlog.count(),
            since(backlog.oldest(), now),
            since(overdue.values().stream().min(Instant::compareTo), now),
            Math.max(0, webhooks.getAsInt() - disabled - paused - failing),
            failing,
            paused,
            disabled);
    return lag.look(overdue, id -> backlog.isUnderWay(id, now), now);
  }

  /** The states of a webhook that is not well; the first that applies counts. */
  private enum State {
    DISABLED,
    PAUSED,
    FAILING;

    static State of(Health health, Instant now) {
      if (health.disabledAt().isPresent()) {
        return DISABLED;
      }
      return health.pausedUntil().filter(now::isBefore).isPresent() ? PAUSED : FAILING;
    }
  }

  private static int count(Collection<Health> all, Instant now, State state) {
    return (int) all.stream().filter(health -> State.of(health, now) == state).count();
  }

  private static Duration since(Optional<Instant> then, Instant now) {
    return then.map(at -> Duration.between(at, now))
        .filter(age -> !age.isNegative())
        .orElse(Duration.ZERO);
  }

  /** Registers meters that show the last look. */
  public void addTo(Meters meters) {
    meters.gauge(
        "webhooks.backlog",
        "Deliveries that have not ended, of all masters; at most " + Backlog.MOST + " are counted",
        "deliveries",
        () -> sight.waiting());
    seconds(
        meters,
        "webhooks.backlog.age",
        "Age of the oldest delivery that has not ended",
        seen -> seen.age().toMillis());
    seconds(
        meters,
        "webhooks.backlog.overdue",
        "How long a due delivery has waited at most for a webhook that is well",
        seen -> seen.overdue().toMillis());
    webhooks(meters, "well", Sight::well);
    webhooks(meters, "failing", Sight::failing);
    webhooks(meters, "paused", Sight::paused);
    webhooks(meters, "disabled", Sight::disabled);
  }

  private void seconds(
      Meters meters, String name, String description, ToLongFunction<Sight> millis) {
    meters.gauge(name, description, "seconds", () -> millis.applyAsLong(sight) / 1000.0);
  }

  private void webhooks(Meters meters, String state, ToLongFunction<Sight> count) {
    meters.gauge(
        "webhooks.registered",
        "Webhooks by their health: each in one state",
        null,
        () -> count.applyAsLong(sight),
        "health",
        state);
  }
}
