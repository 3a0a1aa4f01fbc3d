package org.expmaster.webhook.rest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/**
 * How many alerts of an experiment are delivered in a minute, by the clock's minutes, on this
 * master. Thread-safe.
 */
public final class AlertQuota {
  private final int perMinute;
  private final String setting;
  private final Clock clock;
  private final Map<Long, Integer> counts = new HashMap<>();
  private Instant minute = Instant.MIN;

  /**
   * A quota that nobody has used yet.
   *
   * @param perMinute how many alerts
   * @param setting what it is called that says so
   */
  public AlertQuota(int perMinute, String setting, Clock clock) {
    this.perMinute = perMinute;
    this.setting = setting;
    this.clock = clock;
  }

  /** What becomes of an alert. */
  enum Decision {
    /** It is delivered. */
    DELIVER,
    /** It is left out, the first of its experiment in this minute. */
    LEAVE_OUT_FIRST,
    /** It is left out, as others have been. */
    LEAVE_OUT
  }

  /** Counts an alert. */
  synchronized Decision count(long experimentId) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (!now.equals(minute)) {
      minute = now;
      counts.clear();
    }
    int count =
        counts.merge(experimentId, 1, (before, one) -> Math.min(before + one, perMinute + 2));
    return count <= perMinute
        ? Decision.DELIVER
        : count == perMinute + 1 ? Decision.LEAVE_OUT_FIRST : Decision.LEAVE_OUT;
  }

  /** What is said of alerts that are left out now. */
  String words(long experimentId) {
    Instant next = clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
    return "experiment "
        + experimentId
        + " has sent more than "
        + perMinute
        + " alerts within a minute, as many as "
        + setting
        + " lets through; further ones are left out until "
        + next;
  }
}
