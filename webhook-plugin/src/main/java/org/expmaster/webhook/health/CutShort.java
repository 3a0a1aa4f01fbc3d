package org.expmaster.webhook.health;

import java.time.Instant;
import java.util.Objects;

/**
 * How often a trigger's expression was not matched against whole log lines because that would have
 * cost too much.
 *
 * @param times the number of batches of log lines in which this happened
 * @param lastAt when it last happened
 */
public record CutShort(long times, Instant lastAt) {
  public CutShort {
    Objects.requireNonNull(lastAt, "lastAt");
  }

  CutShort plus(CutShort other) {
    return new CutShort(times + other.times, other.lastAt.isBefore(lastAt) ? lastAt : other.lastAt);
  }
}
