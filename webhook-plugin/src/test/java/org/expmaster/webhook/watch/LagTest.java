package org.expmaster.webhook.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.Test;

/** Nobody is woken for what is the receiver's, and somebody is for what is the plugin's. */
final class LagTest {
  private final TurnableClock clock = new TurnableClock();
  private final Lag lag = new Lag();
  private final Map<Long, Instant> dueSince = new HashMap<>();
  private boolean underWay;

  private Optional<String> look() {
    return lag.look(dueSince, id -> underWay, clock.instant());
  }

  /** Looks every minute; returns what the last look found. */
  private Optional<String> lookFor(Duration time) {
    Optional<String> found = look();
    for (long minute = 0; minute < time.toMinutes(); minute++) {
      clock.turn(Duration.ofMinutes(1));
      found = look();
    }
    return found;
  }

  @Test
  void whatNobodySendsIsAProblemUntilItIsSent() {
    dueSince.put(7L, clock.instant());
    assertEquals(Optional.empty(), lookFor(Lag.LONG.plus(Lag.PATIENCE)));
    assertEquals(
        Optional.of(
            "nothing is sent to webhook 7, although it is well and its oldest delivery has been"
                + " due for 16 minutes"),
        lookFor(Duration.ofMinutes(1)));
    dueSince.clear();
    assertEquals(Optional.empty(), look());
  }

  @Test
  void aReceiverThatWorksOffWhatCameWhileItWasDownIsNone() {
    Instant back = clock.instant();
    for (int minute = 0; minute < 120; minute++) {
      // twice as quickly as it came
      dueSince.put(7L, back.minus(Duration.ofHours(3)).plusSeconds(120L * minute));
      assertEquals(Optional.empty(), look(), "after " + minute + " minutes");
      clock.turn(Duration.ofMinutes(1));
    }
  }

  @Test
  void aReceiverThatIsSlowerThanItsEventsComeIsNoneWhileItIsKeptBusy() {
    dueSince.put(7L, clock.instant());
    underWay = true;
    assertEquals(Optional.empty(), lookFor(Duration.ofHours(2)));
    underWay = false;
    assertEquals(Optional.empty(), lookFor(Duration.ofMinutes(5)), "it may be by chance");
    assertEquals(true, lookFor(Lag.PATIENCE).isPresent());
  }

  @Test
  void aWebhookThatFailsInBetweenIsWatchedAnew() {
    dueSince.put(7L, clock.instant());
    lookFor(Lag.LONG.plus(Lag.PATIENCE));
    Instant since = dueSince.remove(7L);
    look();
    dueSince.put(7L, since);
    assertEquals(Optional.empty(), lookFor(Lag.PATIENCE.minusMinutes(1)));
  }
}
