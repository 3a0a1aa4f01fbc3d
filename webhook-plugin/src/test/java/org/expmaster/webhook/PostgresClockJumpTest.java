package org.expmaster.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.expmaster.webhook.testing.DatabaseClock;
import org.expmaster.webhook.testing.FakeMaster;
import org.expmaster.webhook.testing.SettableClock;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.Test;

final class PostgresClockJumpTest extends ClockJumpContract {
  @Override
  TestDatabase newDatabase() {
    return TestDatabase.postgres();
  }

  @Test
  void mastersWhoseClocksDifferDoNotSendTwice() throws Exception {
    try (FakeMaster one = master(new SettableClock(Duration.ZERO));
        FakeMaster other = master(new SettableClock(jump))) {
      one.end(1);
      Exchange first = nextEvent();
      other.end(2);
      Exchange second = nextEvent();
      one.end(3);
      nextEvent().answer("200 OK");
      other.end(4);
      nextEvent().answer("200 OK");
      first.answer("200 OK");
      second.answer("200 OK");
    }
  }

  @Test
  void aStepOfTheDatabasesClockDoublesNothingAndStallsNothing() throws Exception {
    DatabaseClock clock = new DatabaseClock(database());
    try (FakeMaster one = master(new SettableClock(Duration.ZERO))) {
      one.end(1);
      Exchange underWay = nextEvent();
      clock.set(jump);
      String left;
      try (FakeMaster other = master(new SettableClock(Duration.ZERO))) {
        other.end(2);
        nextEvent().answer("200 OK");
        one.end(3);
        nextEvent().answer("200 OK");
        other.end(4);
        Exchange failing = nextEvent();
        left = failing.eventId();
        clock.set(jump.negated());
        failing.answer("500 No");
      }
      // the other master's retry is not an hour away; whichever master holds it sent it again
      assertEquals(left, next().eventId());
      underWay.answer("200 OK");
    }
  }
}
