package org.expmaster.webhook;

import java.time.Duration;
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
}
