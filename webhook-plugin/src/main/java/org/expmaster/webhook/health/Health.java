package org.expmaster.webhook.health;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * The health of a webhook. Times are truncated to milliseconds, as the database stores them.
 *
 * @param failingSince when the current run of failures began; empty while the webhook is not
 *     failing
 * @param pausedUntil the time until which nothing is sent; empty if the webhook is not paused
 * @param disabledAt when the webhook was disabled; empty while it is enabled
 * @param reason a description of the latest problem; empty if there is none
 */
public record Health(
    Optional<Instant> failingSince,
    Optional<Instant> pausedUntil,
    Optional<Instant> disabledAt,
    String reason) {

  public static final Health WELL =
      new Health(Optional.empty(), Optional.empty(), Optional.empty(), "");

  public Health {
    failingSince = failingSince.map(Health::asKept);
    pausedUntil = pausedUntil.map(Health::asKept);
    disabledAt = disabledAt.map(Health::asKept);
    Objects.requireNonNull(reason, "reason");
  }

  /** Returns whether the webhook is neither failing, paused nor disabled. */
  public boolean isWell() {
    return failingSince.isEmpty() && pausedUntil.isEmpty() && disabledAt.isEmpty();
  }

  /** Returns whether deliveries may be sent at this time. */
  public boolean isOpenAt(Instant now) {
    return disabledAt.isEmpty() && pausedUntil.filter(now::isBefore).isEmpty();
  }

  /** Returns this health, but disabled and not paused. */
  public Health disabled(Instant at, String why) {
    return new Health(failingSince, Optional.empty(), Optional.of(at), why);
  }

  private static Instant asKept(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }
}
