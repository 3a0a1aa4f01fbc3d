package org.expmaster.webhook.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.expmaster.webhook.testing.Faults;

/** A clock, each reading of which is a step at which a fault may come. */
final class SteppingClock extends Clock {
  private final Clock clock;
  private final Faults faults;

  SteppingClock(Clock clock, Faults faults) {
    this.clock = clock;
    this.faults = faults;
  }

  @Override
  public Instant instant() {
    faults.step();
    return clock.instant();
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return clock.withZone(zone);
  }
}
