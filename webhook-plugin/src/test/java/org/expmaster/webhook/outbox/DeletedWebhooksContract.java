package org.expmaster.webhook.outbox;

import static org.expmaster.webhook.outbox.OutboxFixture.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.HealthStore;
import org.junit.jupiter.api.Test;

/** A deleted webhook gets no deliveries and leaves none. */
abstract class DeletedWebhooksContract extends OutboxContract {
  @Test
  void aWebhookDeletedMeanwhileBreaksNoStateChangeAndLeavesNothing() throws SQLException {
    long webhook = fixture.webhook();
    fixture.add(webhook, "before");
    assertTrue(fixture.registry.delete(webhook, 1));
    fixture.add(webhook, "after");
    new DeletedWebhooks(fixture.database, fixture.clock).forget();
    assertEquals(0, fixture.count("webhooks_outbox"));
    assertEquals(0, fixture.count("webhooks_event"));
  }

  @Test
  void aWebhookThatIsGoneIsNotCounted() throws SQLException {
    long[] webhooks = fixture.webhooks(3);
    fixture.registry.delete(webhooks[1], 1);
    fixture.add("e", bytes(10), webhooks);
    assertEquals(2, fixture.uses());
    fixture.registry.delete(webhooks[0], 1);
    fixture.registry.delete(webhooks[2], 1);
    fixture.add("for nobody", bytes(10), webhooks);
    assertEquals(1, fixture.count("webhooks_event"));
  }

  @Test
  void whatADeletedWebhookLeavesIsForgottenAndNothingElse() throws SQLException {
    long[] webhooks = fixture.webhooks(2);
    for (int i = 0; i < 1_300; i++) {
      fixture.add("e" + i, bytes(10), webhooks);
    }
    HeldBodies held = HeldBodies.inThisHeap();
    for (ClaimedDelivery claim : fixture.claim(held, webhooks[0]).deliveries()) {
      fixture.record(
          claim.id() % 2 == 0
              ? new Result.Delivered(claim, fixture.arrived())
              : new Result.Dead(claim, fixture.failed()));
    }
    DeletedWebhooks deleted = new DeletedWebhooks(fixture.database, fixture.clock);
    deleted.forget();
    assertEquals(2_600, fixture.uses());

    assertTrue(fixture.registry.delete(webhooks[0], 1));
    assertEquals(List.of(), List.copyOf(claimable(webhooks[0])));
    deleted.forget();
    assertEquals(1_300, fixture.count("webhooks_outbox"));
    assertEquals(0, fixture.count("webhooks_history"));
    assertEquals(0, fixture.count("webhooks_attempt"));
    assertEquals(1_300, fixture.uses());
    assertEquals(1_300, fixture.count("webhooks_event"));
  }

  @Test
  void whatWasWrittenForAWebhookWhileItWasDeletedIsForgottenToo() throws SQLException {
    long[] webhooks = fixture.webhooks(1);
    fixture.add("e", bytes(10), webhooks);
    HealthStore health = new HealthStore(fixture.database);
    assertTrue(fixture.registry.delete(webhooks[0], 1));
    DeletedWebhooks deleted = new DeletedWebhooks(fixture.database, fixture.clock);
    deleted.forget();
    writeLate(webhooks[0]);
    health.put(webhooks[0], Health.WELL.disabled(fixture.clock.instant(), "late"));

    fixture.clock.turn(Duration.ofMinutes(10));
    health.forgetDeleted();
    deleted.forget();
    assertEquals(0, fixture.count("webhooks_outbox"));
    assertEquals(0, fixture.count("webhooks_event"));
    assertEquals(0, fixture.count("webhooks_health"));
    fixture.clock.turn(Duration.ofHours(2));
    deleted.forget();
    assertEquals(0, fixture.count("webhooks_leftover"));
  }

  /** Writes what a master would whose transaction began before the webhook was deleted. */
  private void writeLate(long webhookId) {
    fixture
        .database
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  """
                  INSERT INTO webhooks_event
                    (event_id, event_type, experiment_id, content_type, body, created_at, uses)
                  VALUES ('late', '', 1, '', ?, ?, 1)
                  """,
                  bytes(1),
                  fixture.clock.millis());
              handle.execute(
                  """
                  INSERT INTO webhooks_outbox
                    (webhook_id, created_at, id, due_at, leased_until, lease, attempts, failures)
                  SELECT ?, created_at, id, created_at, 0, 0, 0, 0 FROM webhooks_event
                  """,
                  webhookId);
            });
  }

  private List<Long> claimable(long webhookId) {
    return fixture.outbox.dueWebhooks().stream().filter(id -> id == webhookId).toList();
  }
}
