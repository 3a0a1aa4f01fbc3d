package org.expmaster.webhook.health;

import java.time.Instant;
import java.util.Objects;

/**
 * That a trigger's expression was not tried on the whole of some lines of logs, since that would
 * have cost too much.
 *
 * @param times in how many batches of lines
 * @param lastAt when it last was
 */
public record CutShort(long times, Instant lastAt) {
  public CutShort {
    Objects.requireNonNull(lastAt, "lastAt");
  }

  CutShort plus(CutShort other) {
    return new CutShort(times + other.times, other.lastAt.isBefore(lastAt) ? lastAt : other.lastAt);
  }
}
