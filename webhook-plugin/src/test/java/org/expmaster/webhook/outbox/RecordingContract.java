package org.expmaster.webhook.outbox;

import static org.expmaster.webhook.outbox.OutboxFixture.ARRIVED;
import static org.expmaster.webhook.outbox.OutboxFixture.FAILED;
import static org.expmaster.webhook.outbox.OutboxFixture.LEASE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the outbox does with the result of an attempt. */
abstract class RecordingContract extends OutboxContract {
  private long webhook;

  @BeforeEach
  void createWebhook() {
    webhook = fixture.webhook();
  }

  @Test
  void whoHasLostTheLeaseRecordsNothing() throws SQLException {
    fixture.add(webhook, "e");
    ClaimedDelivery lost = fixture.claim(webhook, 1).get(0);
    fixture.clock.turn(LEASE);
    ClaimedDelivery held = fixture.claim(webhook, 1).get(0);

    fixture.record(new Result.Delivered(lost, ARRIVED));
    fixture.record(new Result.Dead(lost, FAILED));
    fixture.record(new Result.Released(lost));

    assertEquals(List.of(), fixture.claim(webhook, 1), "still leased to the second claim");
    fixture.record(new Result.Retry(held, FAILED, fixture.clock.instant()));
    assertEquals(1, fixture.claim(webhook, 1).get(0).attempts());
  }

  @Test
  void whatWasDeliveredLeavesTheOutbox() throws SQLException {
    fixture.add(webhook, "e");
    fixture.record(new Result.Delivered(fixture.claim(webhook, 1).get(0), ARRIVED));
    fixture.clock.turn(Duration.ofDays(1));
    assertEquals(List.of(), fixture.claim(webhook, 1));
    assertEquals(0, fixture.count("webhooks_outbox"));
  }

  @Test
  void aRetryComesBackWhenItIsDueAndCountsTheFailure() throws SQLException {
    fixture.add(webhook, "e");
    fixture.record(
        new Result.Retry(
            fixture.claim(webhook, 1).get(0),
            FAILED,
            fixture.clock.instant().plus(Duration.ofSeconds(5))));

    assertEquals(List.of(), fixture.claim(webhook, 1));
    fixture.clock.turn(Duration.ofSeconds(5));
    assertEquals(1, fixture.claim(webhook, 1).get(0).attempts());
  }

  @Test
  void recordingTwiceIsRecordingOnce() throws SQLException {
    fixture.add(webhook, "e");
    Result retry =
        new Result.Retry(fixture.claim(webhook, 1).get(0), FAILED, fixture.clock.instant());
    fixture.record(retry);
    fixture.record(retry);
    assertEquals(1, fixture.claim(webhook, 1).get(0).attempts());
  }

  @Test
  void whatWasReleasedIsDueAtOnceAndCountsNoFailure() throws SQLException {
    fixture.add(webhook, "e");
    fixture.record(new Result.Released(fixture.claim(webhook, 1).get(0)));
    assertEquals(0, fixture.claim(webhook, 1).get(0).attempts());
  }

  @Test
  void whatIsDeadIsKeptAndNeverClaimed() throws SQLException {
    fixture.add(webhook, "e");
    fixture.record(new Result.Dead(fixture.claim(webhook, 1).get(0), FAILED));
    fixture.clock.turn(Duration.ofDays(365));
    assertEquals(List.of(), fixture.claim(webhook, 1));
    assertEquals(List.of(DeliveryState.DEAD), fixture.states(webhook));
  }
}
