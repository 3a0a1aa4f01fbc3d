package org.expmaster.webhook.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that advances by half a second at every reading. */
final class HurryingClock extends Clock {
  private final Clock clock;
  private Duration ahead = Duration.ZERO;

  HurryingClock(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Instant instant() {
    ahead = ahead.plusMillis(500);
    return clock.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
