package org.expmaster.webhook.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A running clock that tests set forward or back. */
public final class SettableClock extends Clock {
  private volatile Duration ahead;

  /** Creates a clock that is ahead of the system's by this much. */
  public SettableClock(Duration ahead) {
    this.ahead = ahead;
  }

  /** Sets the clock forward, or back by a negative duration. */
  public void set(Duration by) {
    ahead = ahead.plus(by);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
