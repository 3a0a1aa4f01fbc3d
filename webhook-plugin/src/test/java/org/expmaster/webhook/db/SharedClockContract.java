package org.expmaster.webhook.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The common time, while the wall clock is set and machines sleep. */
abstract class SharedClockContract {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private TestDatabase testDatabase;
  private Database database;

  abstract TestDatabase newDatabase();

  /** Sets the wall clock: the database's own, or the master's if the database has none. */
  abstract void turnWall(Duration by);

  Clock masters() {
    return new TurnableClock();
  }

  @BeforeEach
  void open() {
    testDatabase = newDatabase();
    database = testDatabase.open();
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  /** A master's machine. Runs {@code meanwhile} whenever it waits. */
  static final class Machine implements SharedClock.Ticks {
    private long nanos;
    private Runnable meanwhile = () -> {};

    @Override
    public long getAsLong() {
      return nanos;
    }

    @Override
    public void pass(Duration duration) {
      nanos += duration.toNanos();
      meanwhile.run();
    }

    Machine meanwhile(Runnable what) {
      meanwhile = what;
      return this;
    }
  }

  final SharedClock start(Machine machine) {
    return start(machine, Optional.empty());
  }

  private SharedClock start(Machine machine, Optional<Instant> newest) {
    return SharedClock.start(new ClockStore(database, masters()), ZoneOffset.UTC, machine, newest);
  }

  /** Lets time pass for the machine and the wall clock, with a measurement every second. */
  final void pass(int seconds, Machine machine, SharedClock clock) {
    for (int i = 0; i < seconds; i++) {
      machine.pass(SECOND);
      turnWall(SECOND);
      clock.measure();
    }
  }

  final void assertNear(Duration expected, Duration found) {
    Duration off = expected.minus(found).abs();
    assertTrue(off.compareTo(Duration.ofMillis(200)) < 0, expected + " expected, was " + found);
  }

  private Instant wall() {
    return new ClockStore(database, masters()).read().now();
  }

  @Test
  void itBeginsWithTheClockOnTheWall() {
    assertEquals(wall(), start(new Machine()).instant());
  }

  @Test
  void itBeginsWhereMastersThatKeptNoCommonTimeHaveBeen() {
    Instant newest = wall().plus(HOUR);
    assertEquals(newest, start(new Machine(), Optional.of(newest)).instant());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void aStepOfTheClockOnTheWallMovesNothing(Duration step) {
    Machine machine = new Machine();
    SharedClock clock = start(machine);
    pass(5, machine, clock);
    Instant before = clock.instant();
    turnWall(step);
    pass(1, machine, clock);
    assertNear(SECOND, Duration.between(before, clock.instant()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void itIsWithTheClockOnTheWallAgainAfterTenTimesTheStep(Duration step) {
    Machine machine = new Machine();
    SharedClock clock = start(machine);
    pass(1, machine, clock);
    turnWall(step.dividedBy(360));
    pass(110, machine, clock);
    Duration off = Duration.between(clock.instant(), wall()).abs();
    assertTrue(off.compareTo(Duration.ofSeconds(2)) < 0, "off by " + off);
  }

  @Test
  void itNeverGoesBackNotEvenWhenTheClockIsSetBackBetweenTwoRuns() {
    Machine machine = new Machine();
    SharedClock clock = start(machine);
    pass(60, machine, clock);
    Instant before = clock.instant();
    turnWall(HOUR.negated());
    Instant after = start(new Machine()).instant();
    Duration lost = Duration.between(after, before);
    assertFalse(lost.compareTo(Duration.ofSeconds(10)) > 0, lost + " back");
  }

  @Test
  void afterATimeWithoutMastersTheClockOnTheWallIsBelieved() {
    Machine machine = new Machine();
    SharedClock clock = start(machine);
    pass(5, machine, clock);
    turnWall(HOUR);
    assertEquals(wall(), start(new Machine()).instant());
  }
}
