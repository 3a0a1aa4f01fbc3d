package org.expmaster.webhook.outbox;

import static org.expmaster.webhook.outbox.OutboxFixture.ARRIVED;
import static org.expmaster.webhook.outbox.OutboxFixture.FAILED;
import static org.expmaster.webhook.outbox.OutboxFixture.bytes;
import static org.expmaster.webhook.outbox.OutboxFixture.events;
import static org.expmaster.webhook.outbox.OutboxFixture.numbered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.expmaster.webhook.outbox.DeliveryHistory.Redelivered;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has ended is sent again if a user asks for it. */
abstract class RedeliveryContract extends OutboxContract {
  private long webhook;

  @BeforeEach
  void createWebhook() {
    webhook = fixture.webhook();
  }

  @Test
  void whatIsDeadOrDeliveredCanBeAskedForAgainAndKeepsItsAttempts() throws SQLException {
    fixture.add(webhook, "dead", "delivered");
    List<ClaimedDelivery> claimed = fixture.claim(webhook, 2);
    fixture.record(new Result.Dead(claimed.get(0), FAILED));
    fixture.record(new Result.Delivered(claimed.get(1), ARRIVED));

    assertTrue(fixture.history.redeliver(webhook, claimed.get(0).id()));
    assertTrue(fixture.history.redeliver(webhook, claimed.get(1).id()));
    assertFalse(fixture.history.redeliver(webhook, claimed.get(1).id()), "it waits already");

    List<ClaimedDelivery> again = fixture.claim(webhook, 9);
    assertEquals(Set.of("dead", "delivered"), new HashSet<>(events(again)));
    for (ClaimedDelivery claim : again) {
      assertEquals(1, claim.attempts());
      assertEquals(0, claim.failures(), "with a schedule of its own");
      assertEquals("text/x-test", claim.contentType());
      fixture.record(new Result.Delivered(claim, ARRIVED));
    }
    assertEquals(List.of(FAILED, ARRIVED), fixture.history.attempts(webhook, claimed.get(0).id()));
    assertEquals(List.of(ARRIVED, ARRIVED), fixture.history.attempts(webhook, claimed.get(1).id()));
  }

  @Test
  void whoHeldALeaseBeforeARedeliveryRecordsNothingAfterIt() throws SQLException {
    fixture.add(webhook, "e");
    ClaimedDelivery first = fixture.claim(webhook, 1).get(0);
    fixture.record(new Result.Dead(first, FAILED));
    fixture.history.redeliver(webhook, first.id());
    fixture.record(new Result.Delivered(first, ARRIVED));
    assertEquals(List.of(DeliveryState.WAITING), fixture.states(webhook));
  }

  @Test
  void allDeadSinceATimeCanBeAskedForAgain() throws SQLException {
    fixture.add(webhook, "old");
    fixture.clock.turn(Duration.ofHours(1));
    Instant since = fixture.clock.instant();
    fixture.add(webhook, "young", "arrived");
    List<ClaimedDelivery> claimed = fixture.claim(webhook, 9);
    fixture.record(new Result.Dead(claimed.get(0), FAILED));
    fixture.record(new Result.Dead(claimed.get(1), FAILED));
    fixture.record(new Result.Delivered(claimed.get(2), ARRIVED));

    assertEquals(1, redeliverDead(since));
    assertEquals(List.of("young"), events(fixture.claim(webhook, 9)));
    assertEquals(1, redeliverDead(Instant.EPOCH));
    assertEquals(List.of("old"), events(fixture.claim(webhook, 9)));
  }

  @Test
  void whoAskForTheSameAtOnceGetItOnceAndWhatEndsMeanwhileIsNotLost() throws Exception {
    int many = 1_200;
    fixture.add(webhook, numbered(many));
    List<ClaimedDelivery> claimed = fixture.claim(webhook, many);
    ExecutorService askers = Executors.newFixedThreadPool(3);
    try {
      Callable<Integer> asker =
          () -> {
            int redelivered = 0;
            for (int i = 0; i < 40; i++) {
              redelivered += redeliverDead(Instant.EPOCH);
            }
            return redelivered;
          };
      Callable<Integer> ending =
          () -> {
            for (ClaimedDelivery claim : claimed) {
              fixture.record(new Result.Dead(claim, FAILED));
            }
            return 0;
          };
      int redelivered = 0;
      for (Future<Integer> count : askers.invokeAll(List.of(asker, asker, ending))) {
        redelivered += count.get();
      }
      redelivered += redeliverDead(Instant.EPOCH);
      assertEquals(many, redelivered);
      assertEquals(many, fixture.count("webhooks_outbox"));
      assertEquals(0, fixture.count("webhooks_history"));
    } finally {
      askers.shutdownNow();
    }
  }

  @Test
  void whoAsksForVeryManyAgainIsToldWhereToGoOn() throws SQLException {
    int many = 1_700;
    for (int i = 0; i < many; i++) {
      fixture.add("e" + i, bytes(10), webhook);
    }
    HeldBodies held = HeldBodies.inThisHeap();
    for (ClaimedDelivery claim : fixture.claim(held, webhook).deliveries()) {
      fixture.record(new Result.Dead(claim, fixture.failed()));
    }
    // time passes during each call
    DeliveryHistory slow = new DeliveryHistory(fixture.database, new HurryingClock(fixture.clock));
    Redelivered first = slow.redeliverDead(webhook, Instant.EPOCH, Optional.empty());
    assertEquals(500, first.count());
    dieAgain(webhook, first.count());
    int all = first.count();
    for (Optional<Position> next = first.next(); next.isPresent(); ) {
      Redelivered part = slow.redeliverDead(webhook, Instant.EPOCH, next);
      all += part.count();
      next = part.next();
    }
    assertEquals(many, all, "each once, though some are dead again");
    assertEquals(first.count(), fixture.count("webhooks_history"));
  }

  private int redeliverDead(Instant since) throws SQLException {
    return fixture.history.redeliverDead(webhook, since, Optional.empty()).count();
  }

  private void dieAgain(long webhookId, int many) throws SQLException {
    fixture.clock.turn(Duration.ofMinutes(10));
    List<ClaimedDelivery> claimed = fixture.claim(HeldBodies.inThisHeap(), webhookId).deliveries();
    assertEquals(many, claimed.size());
    for (ClaimedDelivery claim : claimed) {
      fixture.record(new Result.Dead(claim, fixture.failed()));
    }
  }
}
