package org.expmaster.webhook.db;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.expmaster.webhook.db.ClockStore.Reading;
import org.expmaster.webhook.db.ClockStore.Shared;
import org.expmaster.webhook.telling.Log;

/**
 * The common time of all masters of a database, by which rows become due and leases end.
 *
 * <p>Each master advances it by its own steady ticks and writes it every second. No master's time
 * is behind the written one, so it never goes back, and no row of one master seems an hour away to
 * another. If the wall clock (the database's; with SQLite, the master's) is set an hour ahead or
 * back, the common time continues: otherwise, all leases would end at once, or none for an hour. It
 * only runs a tenth faster or slower until both agree. A starting master takes the time of the
 * masters at work, or that of the wall clock if there are none.
 *
 * <p>Thread-safe. Signatures carry the master's own time instead.
 */
public final class SharedClock extends Clock {
  private static final Log log = Log.of(SharedClock.class);

  /** How often {@link #measure} must be called. */
  public static final Duration PERIOD = Duration.ofSeconds(1);

  /** How often a single master writes the time: only a restart reads it, and may lose this much. */
  private static final Duration PERIOD_ALONE = Duration.ofSeconds(10);

  /** A master at work has written within this time. */
  private static final Duration FRESH = Duration.ofSeconds(3);

  private static final Duration GLANCE = Duration.ofMillis(100);

  /** Clocks may differ by this much without having been set. */
  private static final Duration STEP = Duration.ofSeconds(2);

  /** A measurement that took longer is too inaccurate. */
  private static final Duration SLOW = Duration.ofSeconds(1);

  private static final double FASTEST = 0.1;

  private final ClockStore store;
  private final ZoneId zone;
  private final Ticks ticks;
  private volatile Line line;
  private Optional<Offset> offset = Optional.empty();
  private Instant written;

  /** Steady ticks in nanoseconds, and a way to wait. */
  interface Ticks extends LongSupplier {
    void pass(Duration duration);
  }

  private static final Ticks OWN =
      new Ticks() {
        @Override
        public long getAsLong() {
          return System.nanoTime();
        }

        @Override
        public void pass(Duration duration) {
          try {
            Thread.sleep(duration.toMillis());
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
          }
        }
      };

  /** The common time as a linear function of the ticks. */
  private record Line(Instant from, long ticks, double rate) {
    Instant at(long now) {
      return from.plusNanos((long) ((now - ticks) * rate));
    }
  }

  /** The time of the wall clock at a tick. */
  private record Offset(Instant wall, long ticks) {
    Duration stepSince(Offset before) {
      return Duration.between(before.wall, wall).minusNanos(ticks - before.ticks);
    }
  }

  private SharedClock(ClockStore store, ZoneId zone, Ticks ticks, Instant start) {
    this.store = store;
    this.zone = zone;
    this.ticks = ticks;
    this.line = new Line(start, ticks.getAsLong(), 1);
    this.written = start;
    store.write(start);
  }

  /**
   * Starts a clock at the common time of this database's masters.
   *
   * @param master the master's clock
   * @param newest when masters that kept no common time last wrote something; their rows must not
   *     wait because a clock has been set back since
   */
  public static SharedClock start(Database database, Clock master, Optional<Instant> newest) {
    return start(new ClockStore(database, master), master.getZone(), OWN, newest);
  }

  static SharedClock start(ClockStore store, ZoneId zone, Ticks ticks, Optional<Instant> newest) {
    return new SharedClock(store, zone, ticks, first(store, ticks, newest));
  }

  private static Instant first(ClockStore store, Ticks ticks, Optional<Instant> newest) {
    Reading reading = store.read();
    if (reading.shared().isEmpty()) {
      return later(reading.now(), newest.orElse(Instant.MIN));
    }
    Shared shared = reading.shared().get();
    if (!store.isShared()) {
      return later(reading.now(), shared.at());
    }
    // the wall clock may have been set a moment ago: a master at work will soon write
    long end = ticks.getAsLong() + FRESH.toNanos();
    while (!isFresh(reading, shared) && ticks.getAsLong() - end < 0) {
      ticks.pass(GLANCE);
      reading = store.read();
    }
    return isFresh(reading, shared) ? common(reading) : later(reading.now(), shared.at());
  }

  /** Returns whether a master is at work: it wrote after {@code before}, or in the last seconds. */
  private static boolean isFresh(Reading reading, Shared before) {
    return reading.shared().map(Shared::beat).filter(beat -> beat != before.beat()).isPresent()
        || sinceWritten(reading).isPresent();
  }

  /** Returns the age of the written time by the wall clock; empty if negative or not fresh. */
  private static Optional<Duration> sinceWritten(Reading reading) {
    return reading
        .shared()
        .map(shared -> Duration.between(shared.wall(), reading.now()))
        .filter(since -> !since.isNegative() && since.compareTo(FRESH) <= 0);
  }

  /** Returns the common time at this reading, or a little less, as it may have run slowly since. */
  private static Instant common(Reading reading) {
    double since = sinceWritten(reading).orElse(Duration.ZERO).toNanos() * (1 - FASTEST);
    return reading.shared().map(it -> it.at().plusNanos((long) since)).orElse(Instant.MIN);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Compares the clocks, catches up with the other masters, and writes the common time. */
  public synchronized void measure() {
    long before = ticks.getAsLong();
    Reading reading = store.read();
    long after = ticks.getAsLong();
    Instant mine = line.at(after);
    Instant now = later(mine, common(reading));
    Duration behind = Duration.between(mine, now);
    if (behind.compareTo(STEP) > 0) {
      log.warn(
          "this master's time was {} s behind that of the others on its database, and is theirs"
              + " now; its machine may have been asleep",
          behind.toSeconds());
    }
    line = new Line(now, after, rate(now, reading.now(), after - before));
    compare(new Offset(reading.now(), before + (after - before) / 2), after - before);
    if (store.isShared() || !now.isBefore(written.plus(PERIOD_ALONE))) {
      store.write(now);
      written = now;
    }
  }

  private double rate(Instant now, Instant wall, long took) {
    if (took > SLOW.toNanos()) {
      return line.rate();
    }
    double ahead = Duration.between(now, wall.plusNanos(took / 2)).toMillis() / 10_000.0;
    return 1 + Math.max(-FASTEST, Math.min(FASTEST, ahead));
  }

  /** Logs a warning if a clock has been set. */
  private void compare(Offset found, long took) {
    if (took > SLOW.toNanos()) {
      return;
    }
    Duration step = offset.map(found::stepSince).orElse(Duration.ZERO);
    if (step.abs().compareTo(STEP) > 0) {
      log.warn(
          "the {} clock has been set {} s {}, or this master's machine was asleep; what waits keeps"
              + " to the time of before, which catches up by a tenth of a second each second",
          store.isShared() ? "database's" : "master's",
          step.abs().toSeconds(),
          step.isNegative() ? "back" : "ahead");
    }
    offset = Optional.of(found);
  }

  @Override
  public Instant instant() {
    return line.at(ticks.getAsLong());
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
