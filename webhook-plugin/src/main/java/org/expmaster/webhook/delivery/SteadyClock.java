package org.expmaster.webhook.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * A clock that starts with the master's and then goes its own steady way. When someone sets the
 * machine's clock an hour ahead or back, leases do not all end at once and retries do not all come
 * an hour late. Signatures carry the master's own time.
 */
public final class SteadyClock extends Clock {
  private final ZoneId zone;
  private final Instant start;
  private final long startNanos;
  private final LongSupplier nanos;

  /** Starts now. */
  public SteadyClock(Clock clock) {
    this(clock, System::nanoTime);
  }

  SteadyClock(Clock clock, LongSupplier nanos) {
    this.zone = clock.getZone();
    this.start = clock.instant();
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return Clock.fixed(instant(), other);
  }
}
