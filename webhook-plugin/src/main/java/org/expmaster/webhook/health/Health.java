package org.expmaster.webhook.health;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * How a webhook is doing. Times are those of the database, whole milliseconds.
 *
 * @param failingSince when the present run of failures began; empty while it is not failing
 * @param pausedUntil until when nothing is sent to it; empty if it is not paused
 * @param disabledAt when it was disabled; empty while it is enabled
 * @param reason what was last seen to be wrong, in words; empty if nothing is
 */
public record Health(
    Optional<Instant> failingSince,
    Optional<Instant> pausedUntil,
    Optional<Instant> disabledAt,
    String reason) {

  /** Nothing is wrong. */
  public static final Health WELL =
      new Health(Optional.empty(), Optional.empty(), Optional.empty(), "");

  public Health {
    failingSince = failingSince.map(Health::asKept);
    pausedUntil = pausedUntil.map(Health::asKept);
    disabledAt = disabledAt.map(Health::asKept);
    Objects.requireNonNull(reason, "reason");
  }

  /** Whether nothing is wrong. */
  public boolean isWell() {
    return failingSince.isEmpty() && pausedUntil.isEmpty() && disabledAt.isEmpty();
  }

  /** Whether something may be sent at this time. */
  public boolean isOpenAt(Instant now) {
    return disabledAt.isEmpty() && pausedUntil.filter(now::isBefore).isEmpty();
  }

  /** The same, disabled. */
  public Health disabled(Instant at, String why) {
    return new Health(failingSince, Optional.empty(), Optional.of(at), why);
  }

  private static Instant asKept(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }
}
