package org.expmaster.webhook.outbox;

import static org.expmaster.webhook.outbox.OutboxFixture.ARRIVED;
import static org.expmaster.webhook.outbox.OutboxFixture.FAILED;
import static org.expmaster.webhook.outbox.OutboxFixture.bytes;
import static org.expmaster.webhook.outbox.OutboxFixture.numbered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.HealthStore;
import org.junit.jupiter.api.Test;

/** How long deliveries are kept. */
abstract class RetentionContract extends OutboxContract {
  private static final Duration KEEP = Duration.ofDays(30);

  @Test
  void whatEndedLongAgoIsForgottenEachStateInItsTime() throws SQLException {
    long webhook = fixture.webhook();
    int many = 1_100;
    fixture.add(webhook, numbered(many));
    for (ClaimedDelivery claim : fixture.claim(webhook, many)) {
      fixture.record(
          claim.id() % 100 == 0
              ? new Result.Dead(claim, FAILED)
              : new Result.Delivered(claim, ARRIVED));
    }
    Retention retention =
        new Retention(
            fixture.database,
            fixture.clock,
            Duration.ofDays(7),
            Duration.ofDays(30),
            Optional::empty);

    fixture.clock.turn(Duration.ofDays(7).minusMinutes(1));
    retention.purge();
    assertEquals(many, fixture.states(webhook).size());
    fixture.clock.turn(Duration.ofMinutes(2));
    retention.purge();
    assertEquals(11, fixture.states(webhook).size());
    assertEquals(Set.of(DeliveryState.DEAD), new HashSet<>(fixture.states(webhook)));
    fixture.clock.turn(Duration.ofDays(23));
    retention.purge();
    assertEquals(List.of(), fixture.states(webhook));
    assertEquals(0, fixture.count("webhooks_attempt"));
  }

  @Test
  void theLastOfItsDeliveriesTakesTheEventAlong() throws SQLException {
    long[] webhooks = fixture.webhooks(2);
    fixture.add("e", bytes(10), webhooks);
    HeldBodies held = HeldBodies.inThisHeap();
    fixture.record(
        new Result.Delivered(
            fixture.claim(held, webhooks[0]).deliveries().get(0), fixture.arrived()));
    Retention retention =
        new Retention(fixture.database, fixture.clock, KEEP, KEEP, Optional::empty);

    fixture.clock.turn(KEEP.plusMinutes(1));
    retention.purge();
    assertEquals(1, fixture.uses(), "the other one still waits");
    fixture.record(
        new Result.Dead(fixture.claim(held, webhooks[1]).deliveries().get(0), fixture.failed()));
    fixture.clock.turn(KEEP.plusMinutes(1));
    retention.purge();
    assertEquals(0, fixture.count("webhooks_event"));
    assertEquals(0, fixture.count("webhooks_attempt"));
  }

  @Test
  void whatWaitsTooLongForADisabledWebhookIsDeadAndSaysWhy() throws SQLException {
    long[] webhooks = fixture.webhooks(2);
    HealthStore health = new HealthStore(fixture.database);
    fixture.add("before", bytes(10), webhooks);
    fixture.clock.turn(Duration.ofDays(1));
    health.put(webhooks[0], Health.WELL.disabled(fixture.clock.instant(), "disabled by ann"));
    fixture.clock.turn(Duration.ofDays(1));
    fixture.add("later", bytes(10), webhooks);
    WaitingLimit limit = new WaitingLimit(fixture.database, fixture.clock, KEEP);

    fixture.clock.turn(KEEP.minusDays(2));
    limit.enforce();
    assertEquals(0, fixture.count("webhooks_history"), "it waited, but not for a disabled webhook");
    fixture.clock.turn(Duration.ofDays(1));
    limit.enforce();

    assertEquals(List.of("before"), fixture.listed(webhooks[0], DeliveryState.DEAD));
    assertEquals(List.of("later"), fixture.listed(webhooks[0], DeliveryState.WAITING));
    assertEquals(List.of("later", "before"), fixture.listed(webhooks[1], DeliveryState.WAITING));
    Delivery dead = fixture.list(webhooks[0], DeliveryState.DEAD).get(0);
    assertTrue(dead.reason().orElse("").contains("webhooks.keep_waiting (30 days)"));
    assertEquals(0, dead.attempts());
    assertTrue(fixture.history.redeliver(webhooks[0], dead.id()));
    assertEquals(
        Optional.empty(), fixture.list(webhooks[0], DeliveryState.WAITING).get(1).reason());
    limit.enforce();
    assertEquals(0, fixture.count("webhooks_history"), "asked for again, it waits again as long");
  }
}
