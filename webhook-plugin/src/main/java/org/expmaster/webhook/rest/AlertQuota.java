package org.expmaster.webhook.rest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits how many alerts of an experiment this master delivers within a minute of the clock.
 * Thread-safe.
 */
public final class AlertQuota {
  private final int perMinute;
  private final String setting;
  private final Clock clock;
  private final Map<Long, Integer> counts = new HashMap<>();
  private Instant minute = Instant.MIN;

  /**
   * Creates an unused quota.
   *
   * @param perMinute maximum number of alerts per experiment and minute
   * @param setting name of the setting that sets it, for messages
   */
  public AlertQuota(int perMinute, String setting, Clock clock) {
    this.perMinute = perMinute;
    this.setting = setting;
    this.clock = clock;
  }

  /** What happens to an alert. */
  enum Decision {
    /** The alert is delivered. */
    DELIVER,
    /** The alert is left out, the first of its experiment in this minute. */
    LEAVE_OUT_FIRST,
    /** The alert is left out, as others before it. */
    LEAVE_OUT
  }

  /** Counts an alert, and decides what happens to it. */
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

  /** Says why alerts are left out, and until when. */
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
