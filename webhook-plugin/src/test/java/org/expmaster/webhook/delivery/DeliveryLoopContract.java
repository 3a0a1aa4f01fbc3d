package org.expmaster.webhook.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.delivery.TurnedLoop.FIRST_RETRY;
import static org.expmaster.webhook.delivery.TurnedLoop.SECOND_RETRY;
import static org.expmaster.webhook.outbox.DeliveryState.DEAD;
import static org.expmaster.webhook.outbox.DeliveryState.DELIVERED;
import static org.expmaster.webhook.outbox.DeliveryState.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.expmaster.webhook.delivery.FakeSender.Sent;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.signing.Signer;
import org.expmaster.webhook.signing.WebhookSecrets;
import org.junit.jupiter.api.Test;

/** What the loop guarantees for a delivery, on every database. The test turns the loop. */
abstract class DeliveryLoopContract extends TurnedLoopContract {
  @Test
  void whatWasCommittedIsSentSignedAndLeavesNothingOnceItArrived() throws SQLException {
    long webhook = fixture.webhook(10);
    fixture.commit(webhook, "e1");
    loop.announce(webhook);

    loop.turn();

    Sent sent = sender.take().get(0);
    assertEquals("{\"event\":\"e1\"}", new String(sent.request().body(), UTF_8));
    assertEquals(
        new Signer(DeliveryFixture.KEYS, fixture.clock)
            .headers("e1", sent.request().body(), WebhookSecrets.NONE),
        sent.request().headers());
    sent.answer(204);
    loop.turn();
    assertEquals(0, fixture.count(WAITING));
    assertEquals(0, loop.outstanding());
  }

  @Test
  void everyAttemptIsSignedAnewWithItsOwnTimeAndKeepsTheEventsId() throws SQLException {
    Sent first = turned.sendOne();
    first.answer(500);
    loop.turn();
    turned.wait(FIRST_RETRY.multipliedBy(2));
    Sent second = sender.take().get(0);

    assertEquals(first.eventId(), second.eventId());
    String timestamp = "X-Determined-AI-Signature-Timestamp";
    long later = Long.parseLong(second.request().headers().get(timestamp));
    assertTrue(later > Long.parseLong(first.request().headers().get(timestamp)));
  }

  @Test
  void aFailureIsTriedAgainOnTheScheduleAndThenGivenUpButKept() throws SQLException {
    turned.sendOne().answer(500);
    loop.turn();
    turned.wait(FIRST_RETRY.dividedBy(2));
    assertEquals(List.of(), sender.take(), "too early, whatever the jitter");

    turned.wait(FIRST_RETRY);
    sender.take().get(0).fail(Outcome.Kind.TIMED_OUT);
    loop.turn();
    turned.wait(SECOND_RETRY.multipliedBy(2));
    sender.take().get(0).answer(404);
    loop.turn();

    turned.wait(Duration.ofDays(365));
    assertEquals(List.of(), sender.take());
    assertEquals(1, fixture.count(DEAD));
    assertEquals(1, fixture.counted("webhooks.deliveries", "outcome", "dead"));
    assertEquals(1, fixture.counted("webhooks.attempts", "outcome", "status_5xx"));
    assertEquals(1, fixture.counted("webhooks.attempts", "outcome", "timed_out"));
    assertEquals(1, fixture.counted("webhooks.attempts", "outcome", "status_4xx"));
  }

  @Test
  void onlyA2xxCountsAsDelivered() throws SQLException {
    for (int status : new int[] {301, 302, 400, 410, 429, 500, 503}) {
      turned.sendOne().answer(status);
      loop.turn();
    }
    assertEquals(0, fixture.count(DELIVERED));
    for (int status : new int[] {200, 201, 299}) {
      turned.sendOne().answer(status);
      loop.turn();
    }
    assertEquals(3, fixture.count(DELIVERED));
    assertEquals(7, fixture.count(WAITING));
  }

  @Test
  void aMasterThatDiesMidDeliveryLosesNothing() throws SQLException {
    turned.sendOne();

    FakeSender survivor = new FakeSender();
    DeliveryLoop another = turned.another(survivor, 100);
    another.poll();
    another.turn();
    assertEquals(List.of(), survivor.take(), "the lease still holds");

    fixture.clock.turn(DeliveryFixture.LEASE);
    another.poll();
    another.turn();
    assertEquals(1, survivor.take().size());
  }

  @Test
  void whatWasCutShortIsDueAtOnceAndCountsAsNoFailure() throws SQLException {
    turned.sendOne().fail(Outcome.Kind.CUT_SHORT);
    loop.turn();

    FakeSender next = new FakeSender();
    DeliveryLoop another = turned.another(next, 100);
    another.poll();
    another.turn();
    Sent again = next.take().get(0);
    assertEquals(0, fixture.counted("webhooks.attempts"));
    again.answer(200);
    another.turn();
    assertEquals(0, fixture.count(WAITING));
  }

  @Test
  void aWebhookThatIsNotKnownYetIsNotClaimedFor() throws SQLException {
    long webhook = fixture.webhook(10);
    Target target = fixture.targets.remove(webhook);
    fixture.commit(webhook, "e1");
    loop.announce(webhook);
    loop.turn();
    assertEquals(List.of(), sender.take());

    fixture.targets.put(webhook, target);
    loop.poll();
    loop.turn();
    assertEquals(1, sender.take().size());
  }

  @Test
  void aPayloadThatIsTooLargeIsKeptDeadAndNeverSent() throws SQLException {
    long webhook = fixture.webhook(1);
    fixture.commit(webhook, "x".repeat(256 * 1024));
    loop.announce(webhook);
    loop.turn();
    loop.turn();
    assertEquals(List.of(), sender.take());
    assertEquals(1, fixture.count(DEAD));
  }

  @Test
  void whatTheMasterItselfCannotSendIsDueAgainAndSaidUntilItCan() throws SQLException {
    Supplier<Signer> signer = fixture.signer;
    fixture.signer =
        () -> {
          throw new OutOfMemoryError("a test's");
        };
    long webhook = fixture.webhook(2);
    fixture.commit(webhook, "e1", "e2", "e3");
    loop.announce(webhook);
    loop.turn();
    loop.turn();
    assertEquals(0, loop.outstanding());
    assertEquals(0, loop.underWay(Lane.YOUNG));
    assertTrue(loop.trouble().contains("OutOfMemoryError: a test's"), loop.trouble());
    assertFalse(loop.couldClaim(), "not again and again");
    turned.wait(Duration.ofSeconds(1));
    loop.turn();
    assertTrue(loop.trouble().contains("webhook " + webhook), loop.trouble());

    fixture.signer = signer;
    turned.wait(Duration.ofSeconds(1));
    List<Sent> sent = sender.take();
    assertEquals(2, sent.size());
    sent.forEach(one -> one.answer(200));
    loop.turn();
    assertEquals("", loop.trouble());
    sender.take().get(0).answer(200);
    loop.turn();
    assertEquals(3, fixture.count(DELIVERED));
    assertEquals(3, fixture.counted("webhooks.attempts"));
    assertEquals(3, fixture.counted("webhooks.attempts", "outcome", "success"));
  }
}
