package org.expmaster.webhook.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.outbox.OutboxFixture.ARRIVED;
import static org.expmaster.webhook.outbox.OutboxFixture.FAILED;
import static org.expmaster.webhook.outbox.OutboxFixture.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.expmaster.webhook.outbox.DeliveryHistory.Filter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users see of deliveries and their attempts. */
abstract class HistoryContract extends OutboxContract {
  private long webhook;

  @BeforeEach
  void createWebhook() {
    webhook = fixture.webhook();
  }

  @Test
  void everyAttemptIsKeptWithWhatCameBack() throws SQLException {
    fixture.add(webhook, "e");
    fixture.record(
        new Result.Retry(fixture.claim(webhook, 1).get(0), FAILED, fixture.clock.instant()));
    ClaimedDelivery second = fixture.claim(webhook, 1).get(0);
    assertEquals(List.of(FAILED), fixture.history.attempts(webhook, second.id()));
    fixture.record(new Result.Delivered(second, ARRIVED));

    assertEquals(List.of(FAILED, ARRIVED), fixture.history.attempts(webhook, second.id()));
    Delivery kept = fixture.history.find(webhook, second.id()).orElseThrow();
    assertEquals(DeliveryState.DELIVERED, kept.state());
    assertEquals(2, kept.attempts());
    assertEquals(Optional.of(ARRIVED.at()), kept.ended());
    assertEquals(Optional.empty(), kept.next());
    assertEquals("experiment_completed", kept.eventType());
    assertArrayEquals(
        "body of e 🎉".getBytes(UTF_8), fixture.history.body(webhook, second.id()).orElseThrow());
  }

  @Test
  void deliveriesAreListedNewestFirstByStateAndPageByPage() throws SQLException {
    fixture.add(webhook, "dead", "delivered", "waiting");
    List<ClaimedDelivery> claimed = fixture.claim(webhook, 2);
    fixture.record(new Result.Dead(claimed.get(0), FAILED));
    fixture.record(new Result.Delivered(claimed.get(1), ARRIVED));

    assertEquals(List.of("waiting", "delivered", "dead"), listed(Optional.empty(), 9));
    assertEquals(List.of("dead"), listed(Optional.of(DeliveryState.DEAD), 9));
    assertEquals(List.of("delivered"), listed(Optional.of(DeliveryState.DELIVERED), 9));
    assertEquals(List.of("waiting"), listed(Optional.of(DeliveryState.WAITING), 9));
    assertEquals(List.of("waiting", "delivered"), listed(Optional.empty(), 2));
    List<Delivery> rest =
        fixture.history.list(
            new Filter(
                webhook,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Position(claimed.get(1).created(), claimed.get(1).id())),
                9));
    assertEquals(List.of("dead"), rest.stream().map(Delivery::eventId).toList());
  }

  @Test
  void deliveriesAreListedByTheTimeOfTheirEventsThoughAClockWasSetBack() throws SQLException {
    fixture.add("at ten", bytes(10), webhook);
    fixture.clock.turn(Duration.ofHours(-1));
    fixture.add("at nine", bytes(10), webhook);
    fixture.clock.turn(Duration.ofMinutes(30));
    fixture.add("at half past nine", bytes(10), webhook);

    assertEquals(
        List.of("at ten", "at half past nine", "at nine"),
        fixture.listed(webhook, DeliveryState.WAITING));
    List<Delivery> since =
        fixture.history.list(
            new Filter(
                webhook,
                Optional.empty(),
                Optional.of(fixture.clock.instant()),
                Optional.empty(),
                10));
    assertEquals(
        List.of("at ten", "at half past nine"), since.stream().map(Delivery::eventId).toList());
  }

  private List<String> listed(Optional<DeliveryState> state, int limit) {
    return fixture
        .history
        .list(new Filter(webhook, state, Optional.empty(), Optional.empty(), limit))
        .stream()
        .map(Delivery::eventId)
        .toList();
  }
}
