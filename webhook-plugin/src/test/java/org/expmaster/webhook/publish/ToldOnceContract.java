package org.expmaster.webhook.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.expmaster.webhook.outbox.Attempt;
import org.expmaster.webhook.outbox.Capacity;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.HeldBodies;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.outbox.Result;
import org.expmaster.webhook.outbox.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That catching up tells nothing twice, tested on every database. */
abstract class ToldOnceContract extends CatchingUpContract {
  @Test
  void whatTheListenerHasToldIsNotToldAgain() throws Exception {
    fixture.webhook();
    CatchUp catchUp = fixture.start();
    fixture.endHeard(1, fixture.masters.instant());
    catchUp.look();
    fixture.pass(MINUTE);
    fixture.endHeard(2, fixture.masters.instant());
    fixture.pass(MINUTE);
    catchUp.look();
    fixture.start().look();
    assertEquals(Map.of(1L, 1L, 2L, 1L), fixture.told());
  }

  /** An older version made the ids of its events up. */
  @Test
  void whatAnOlderVersionHasToldIsNotToldAgain() throws Exception {
    fixture.webhook();
    CatchUp catchUp = fixture.start();
    fixture.endHeard(1, fixture.masters.instant());
    fixture.execute("UPDATE webhooks_event SET event_id = 'made up'");
    catchUp.look();
    assertEquals(Map.of(1L, 1L), fixture.told());
  }

  @Test
  void whatTheListenerTellsDuringALookIsNotToldAgain() throws Exception {
    fixture.webhook();
    CatchUp catchUp = fixture.start();
    fixture.pass(MINUTE);
    fixture.endUnheard(1);
    // after this look has read the ends and the events
    fixture.experiments.beforeLookup(
        () -> {
          try {
            fixture.endHeard(2, fixture.masters.instant());
          } catch (SQLException failed) {
            throw new IllegalStateException(failed);
          }
        });
    catchUp.look();
    fixture.experiments.beforeLookup(() -> {});
    fixture.pass(MINUTE);
    catchUp.look();
    assertEquals(Map.of(1L, 1L, 2L, 1L), fixture.told());
  }

  @Test
  void ofTwoMastersThatLookAtOnceOneTells() throws Exception {
    fixture.webhook();
    CatchUp one = fixture.start();
    CatchUp other = fixture.start();
    fixture.pass(MINUTE);
    fixture.endUnheard(1);
    boolean[] running = {false};
    fixture.experiments.beforeLookup(
        () -> {
          if (!running[0]) {
            running[0] = true;
            lookUnchecked(other);
          }
        });
    one.look();
    assertTrue(running[0]);
    assertEquals(Map.of(1L, 1L), fixture.told());
    // the one that was overtaken goes on at its next look
    fixture.pass(MINUTE);
    fixture.endUnheard(2);
    one.look();
    assertEquals(Map.of(1L, 1L, 2L, 1L), fixture.told());
  }

  @Test
  void mastersTakeTurnsInLooking() throws Exception {
    CatchUp one = fixture.start();
    CatchUp other = fixture.start();
    one.look();
    other.look();
    int before = fixture.experiments.pages();
    fixture.pass(MINUTE);
    one.look();
    other.look();
    assertEquals(before + 1, fixture.experiments.pages());
  }

  private static void lookUnchecked(CatchUp catchUp) {
    try {
      catchUp.look();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H", "PT300H"})
  void aMastersClockThatIsSetDoublesAndLosesNothing(Duration step) throws Exception {
    fixture.webhook();
    CatchUp catchUp = fixture.start();
    // long enough ago that no end is before the first start
    fixture.pass(Duration.ofHours(2));
    fixture.endHeard(1, fixture.masters.instant());
    catchUp.look();
    fixture.endHeard(6, fixture.masters.instant());
    fixture.masters.turn(step);
    fixture.endHeard(2, fixture.masters.instant());
    fixture.endUnheard(3);
    lookForAQuarterOfAnHour(catchUp);
    fixture.endHeard(7, fixture.masters.instant());
    lookForAQuarterOfAnHour(catchUp);
    fixture.masters.turn(step.negated());
    fixture.endHeard(4, fixture.masters.instant());
    fixture.endUnheard(5);
    lookForAQuarterOfAnHour(catchUp);
    assertEquals(Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), fixture.told().keySet());
    assertEquals(Set.of(1L), Set.copyOf(fixture.told().values()), "deliveries of each");
  }

  private void lookForAQuarterOfAnHour(CatchUp catchUp) throws SQLException {
    for (int i = 0; i < 5; i++) {
      fixture.pass(Duration.ofMinutes(3));
      catchUp.look();
    }
  }

  @Test
  void anEventIsKeptUntilItsEndHasBeenLookedAtHoweverShortDeliveriesAreKept() throws Exception {
    long webhook = fixture.webhook();
    CatchUp catchUp = fixture.start();
    catchUp.look();
    Duration second = Duration.ofSeconds(1);
    Retention retention =
        new Retention(fixture.database, fixture.common, second, second, catchUp::needsSince);
    fixture.pass(MINUTE);
    fixture.endHeard(1, fixture.masters.instant());
    deliver(webhook);
    fixture.pass(MINUTE);
    retention.purge();
    catchUp.look();
    assertEquals(Map.of(1L, 1L), fixture.told());

    fixture.pass(Duration.ofMinutes(10));
    catchUp.look();
    retention.purge();
    assertEquals(0, fixture.count("webhooks_event"), "it is not needed any more");
    fixture.pass(MINUTE);
    catchUp.look();
    assertEquals(Map.of(), fixture.told());
  }

  @Test
  void noDeliveryIsKeptForeverBecauseNobodyLooks() throws Exception {
    long webhook = fixture.webhook();
    CatchUp catchUp = fixture.start();
    fixture.endHeard(1, fixture.masters.instant());
    deliver(webhook);
    fixture.pass(CatchingUp.WITHIN.plus(CatchUpStore.LATE).plus(MINUTE));
    new Retention(fixture.database, fixture.common, MINUTE, MINUTE, catchUp::needsSince).purge();
    assertEquals(0, fixture.count("webhooks_event"));
  }

  private void deliver(long webhook) throws SQLException {
    Outbox outbox = new Outbox(fixture.database, fixture.common);
    Instant now = fixture.common.instant();
    fixture.database.inTransaction(
        connection -> {
          List<ClaimedDelivery> claimed =
              outbox
                  .claim(
                      connection,
                      List.of(new Capacity(webhook, 9)),
                      MINUTE,
                      HeldBodies.inThisHeap())
                  .deliveries();
          Attempt arrived =
              new Attempt(now, OptionalInt.of(200), "", Duration.ZERO, Optional.empty());
          outbox.record(
              connection,
              claimed.stream().<Result>map(claim -> new Result.Delivered(claim, arrived)).toList());
          return null;
        });
  }

  @Test
  void fewEndsAreRememberedAndTheForgottenAreNotToldAgain() throws Exception {
    fixture.webhook();
    CatchUp catchUp = fixture.start(5);
    for (int id = 1; id <= 24; id++) {
      fixture.pass(MINUTE);
      if (id % 2 == 0) {
        fixture.endHeard(id, fixture.masters.instant());
      } else {
        fixture.endUnheard(id);
      }
      catchUp.look();
    }
    fixture.start(5).look();
    assertEquals(6, fixture.count("webhooks_seen_end"));
    assertEquals(24, fixture.told().size());
    assertEquals(List.of(1L), fixture.told().values().stream().distinct().toList());
  }
}
