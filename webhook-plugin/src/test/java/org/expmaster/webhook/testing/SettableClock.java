package org.expmaster.webhook.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs, and that somebody sets ahead or back. */
public final class SettableClock extends Clock {
  private volatile Duration ahead;

  /** One that is that much ahead of the time. */
  public SettableClock(Duration ahead) {
    this.ahead = ahead;
  }

  /** Sets it ahead, or back. */
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
