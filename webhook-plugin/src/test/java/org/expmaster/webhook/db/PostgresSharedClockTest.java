package org.expmaster.webhook.db;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import org.expmaster.webhook.testing.DatabaseClock;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The common time of several masters. */
final class PostgresSharedClockTest extends SharedClockContract {
  private DatabaseClock wall;

  @Override
  TestDatabase newDatabase() {
    TestDatabase database = TestDatabase.postgres();
    wall = new DatabaseClock(database);
    wall.stop();
    return database;
  }

  @Override
  void turnWall(Duration by) {
    wall.set(by);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void aMasterThatStartsAfterAStepTakesTheTimeOfThoseAtWork(Duration step) {
    Machine machine = new Machine();
    SharedClock one = start(machine);
    pass(3, machine, one);
    turnWall(step);
    pass(3, machine, one);
    assertNear(Duration.ZERO, Duration.between(one.instant(), start(new Machine()).instant()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void aMasterThatStartsInTheVerySecondOfAStepWaitsForThoseAtWork(Duration step) {
    Machine machine = new Machine();
    SharedClock one = start(machine);
    pass(3, machine, one);
    turnWall(step);
    Machine others = new Machine().meanwhile(() -> pass(1, machine, one));
    SharedClock other = start(others);
    assertNear(Duration.ZERO, Duration.between(one.instant(), other.instant()));
  }

  @Test
  void aMasterWhoseMachineSleptTakesTheTimeOfTheOthers() {
    Machine awake = new Machine();
    Machine asleep = new Machine();
    SharedClock one = start(awake);
    SharedClock other = start(asleep);
    pass(100, awake, one);
    other.measure();
    assertNear(Duration.ZERO, Duration.between(one.instant(), other.instant()));
    Instant before = one.instant();
    one.measure();
    assertFalse(one.instant().isBefore(before));
    assertNear(Duration.ZERO, Duration.between(before, one.instant()));
  }
}
