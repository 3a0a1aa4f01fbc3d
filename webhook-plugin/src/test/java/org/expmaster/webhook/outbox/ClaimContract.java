package org.expmaster.webhook.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.outbox.OutboxFixture.LEASE;
import static org.expmaster.webhook.outbox.OutboxFixture.delivery;
import static org.expmaster.webhook.outbox.OutboxFixture.events;
import static org.expmaster.webhook.outbox.OutboxFixture.numbered;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Masters claim what is committed and due: each delivery once, and no more than there is room for.
 */
abstract class ClaimContract extends OutboxContract {
  private long webhook;

  @BeforeEach
  void createWebhook() {
    webhook = fixture.webhook();
  }

  @Test
  void whatIsCommittedIsClaimedWhole() throws SQLException {
    fixture.add(webhook, "first", "second");

    List<ClaimedDelivery> claimed = fixture.claim(webhook, 10);

    assertEquals(List.of("first", "second"), events(claimed));
    ClaimedDelivery first = claimed.get(0);
    assertEquals(webhook, first.webhookId());
    assertEquals(7, first.experimentId());
    assertEquals(0, first.attempts());
    assertArrayEquals("body of first 🎉".getBytes(UTF_8), first.body());
  }

  @Test
  void whatIsRolledBackIsNeverClaimed() throws SQLException {
    try (Connection connection = fixture.connection()) {
      connection.setAutoCommit(false);
      fixture.outbox.add(connection, List.of(delivery(webhook, "rolled back")));
      connection.rollback();
    }
    assertEquals(List.of(), fixture.claim(webhook, 10));
    assertEquals(Set.of(), fixture.outbox.dueWebhooks());
  }

  @Test
  void aClaimTakesNoMoreThanThereIsRoomFor() throws SQLException {
    fixture.add(webhook, "1", "2", "3");
    assertEquals(List.of("1", "2"), events(fixture.claim(webhook, 2)));
    assertEquals(List.of("3"), events(fixture.claim(webhook, 2)));
  }

  @Test
  void everyWebhookIsClaimedUpToItsOwnRoom() throws SQLException {
    long other = fixture.registry.create(Fixtures.draft("other"), 1).id();
    fixture.add(webhook, "a1", "a2", "a3");
    fixture.add(other, "b1", "b2", "b3");

    List<ClaimedDelivery> claimed =
        fixture
            .claim(
                HeldBodies.inThisHeap(), List.of(new Capacity(webhook, 1), new Capacity(other, 2)))
            .deliveries();

    assertEquals(Set.of("a1", "b1", "b2"), new HashSet<>(events(claimed)));
  }

  @Test
  void aLeaseKeepsADeliveryFromBeingClaimedUntilItRunsOut() throws SQLException {
    fixture.add(webhook, "e");
    long first = fixture.claim(webhook, 1).get(0).lease();

    fixture.clock.turn(LEASE.minusMillis(1));
    assertEquals(List.of(), fixture.claim(webhook, 1));
    fixture.clock.turn(Duration.ofMillis(1));
    assertEquals(Set.of(webhook), fixture.outbox.dueWebhooks());
    assertTrue(fixture.claim(webhook, 1).get(0).lease() > first);
  }

  @Test
  void mastersThatClaimAtOnceNeverClaimTheSame() throws Exception {
    List<String> all = List.of(numbered(400));
    fixture.add(webhook, numbered(400));
    ExecutorService masters = Executors.newFixedThreadPool(4);
    try {
      Callable<List<String>> master =
          () -> {
            List<String> mine = new ArrayList<>();
            for (int turn = 0; turn < 10; turn++) {
              mine.addAll(events(fixture.claim(webhook, 10)));
            }
            return mine;
          };
      List<String> claimed = new ArrayList<>();
      for (Future<List<String>> mine : masters.invokeAll(List.of(master, master, master, master))) {
        claimed.addAll(mine.get());
      }
      assertEquals(claimed.size(), new HashSet<>(claimed).size());
      claimed.addAll(events(fixture.claim(webhook, 400)));
      assertEquals(new HashSet<>(all), new HashSet<>(claimed));
      assertEquals(400, claimed.size());
    } finally {
      masters.shutdownNow();
    }
  }
}
