package org.expmaster.webhook.outbox;

import static org.expmaster.webhook.outbox.OutboxFixture.bytes;
import static org.expmaster.webhook.outbox.OutboxFixture.delivery;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An event's body is stored once and held in memory once, and memory is bounded. */
abstract class SharedBodiesContract extends OutboxContract {
  @Test
  void anEventIsStoredOnceHoweverManyWebhooksItGoesTo() throws SQLException {
    long[] webhooks = fixture.webhooks(300);
    fixture.add("e", new byte[240_000], webhooks);
    assertEquals(1, fixture.count("webhooks_event"));
    assertEquals(300, fixture.count("webhooks_outbox"));
    assertEquals(300, fixture.uses());
  }

  @Test
  void theDeliveriesOfAnEventShareItsBodyInMemory() throws SQLException {
    for (int length : new int[] {100, 100_000}) {
      long[] webhooks = fixture.webhooks(3);
      byte[] body = bytes(length);
      fixture.add("e", body, webhooks);
      HeldBodies held = HeldBodies.inThisHeap();
      List<ClaimedDelivery> two = fixture.claim(held, webhooks[0], webhooks[1]).deliveries();
      assertArrayEquals(body, two.get(0).body());
      assertSame(two.get(0).body(), two.get(1).body());
      two.forEach(held::hold);
      ClaimedDelivery third = fixture.claim(held, webhooks[2]).deliveries().get(0);
      assertSame(two.get(0).body(), third.body(), "also with what was claimed before");
      held.hold(third);
      assertEquals(length, held.bytes());
      two.forEach(held::release);
      held.release(third);
      assertEquals(0, held.bytes());
    }
  }

  @Test
  void aClaimTakesNoMoreThanThereIsMemoryForAndLeavesTheRestDue() throws SQLException {
    long[] webhooks = fixture.webhooks(20);
    for (int i = 0; i < webhooks.length; i++) {
      fixture.add("e" + i, bytes(10_000), webhooks[i]);
    }
    HeldBodies held = new HeldBodies(80_000);
    List<ClaimedDelivery> arrived = new ArrayList<>();
    while (arrived.size() < webhooks.length) {
      Claim claim = fixture.claim(held, webhooks);
      assertFalse(claim.deliveries().isEmpty());
      claim.deliveries().forEach(held::hold);
      assertTrue(held.bytes() <= 80_000, () -> held.bytes() + " bytes");
      assertEquals(webhooks.length - arrived.size() > 8, !claim.cutShort().isEmpty());
      for (ClaimedDelivery delivery : claim.deliveries()) {
        fixture.record(new Result.Delivered(delivery, fixture.arrived()));
        held.release(delivery);
        arrived.add(delivery);
      }
    }
    assertEquals(0, fixture.count("webhooks_outbox"));
  }

  @Test
  void whatIsLongForOneWebhookLeavesMemoryToTheOthers() throws SQLException {
    long[] webhooks = fixture.webhooks(2);
    for (int i = 0; i < 20; i++) {
      fixture.add("long" + i, bytes(10_000), webhooks[0]);
    }
    fixture.add("other", bytes(10), webhooks[1]);
    HeldBodies held = new HeldBodies(160_000);

    Claim claim = fixture.claim(held, webhooks[0]);
    claim.deliveries().forEach(held::hold);
    assertEquals(2, claim.deliveries().size(), "an eighth of 160,000 bytes");
    assertFalse(held.hasRoomFor(webhooks[0]));
    assertEquals(1, fixture.claim(held, webhooks[1]).deliveries().size());
  }

  @Test
  void aBodyLongerThanAllMemoryIsClaimedAlone() throws SQLException {
    long[] webhooks = fixture.webhooks(2);
    fixture.add("a", bytes(10_000), webhooks[0]);
    fixture.add("b", bytes(10_000), webhooks[1]);
    assertEquals(1, fixture.claim(new HeldBodies(100), webhooks).deliveries().size());
  }
}
