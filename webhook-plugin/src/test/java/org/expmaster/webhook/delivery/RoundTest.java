package org.expmaster.webhook.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.expmaster.webhook.delivery.Deal.Grant;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.HeldBodies;
import org.junit.jupiter.api.Test;

/** Places are granted round-robin. */
final class RoundTest {
  private static final byte[] BODY = {};

  private static final int HELD = 1_000;

  private final Map<Long, Integer> limits = new HashMap<>();
  private int asked;
  private long now;
  private final Bulkheads bulkheads = new Bulkheads(6, 100, () -> now);
  private final HeldBodies held = new HeldBodies(HELD);
  private final Round round =
      new Round(
          bulkheads,
          webhookId -> {
            asked++;
            return limits.getOrDefault(webhookId, 10);
          },
          held);

  @Test
  void oneForWhichThereIsNoMemoryWaitsUntilThereIs() {
    ClaimedDelivery large = claim(9, new byte[HELD]);
    held.hold(large);
    round.add(1);
    assertEquals(List.of(), grants());
    assertFalse(round.couldGrant(), "it need not be asked again");
    held.release(large);
    assertTrue(round.couldGrant());
    assertEquals(List.of(grant(1, 6)), grants());
  }

  @Test
  void whatStandsByIsSentThoughThereIsNoMemoryForMore() {
    assertNull(bulkheads.enter(claim(1), 0));
    ClaimedDelivery large = claim(9, new byte[HELD]);
    held.hold(large);
    round.add(1);
    assertEquals(List.of(new Deal.Grant(1, 1, 0)), grants());
  }

  @Test
  void everyOneGetsAPlaceBeforeAnyoneASecond() {
    round.add(1);
    round.add(2);
    round.add(3);
    round.add(4);
    assertEquals(List.of(grant(1, 2), grant(2, 2), grant(3, 1), grant(4, 1)), grants());
  }

  @Test
  void whoHasNothingUnderWayGoesFirst() {
    enter(1);
    round.add(1);
    round.add(2);
    assertEquals(List.of(grant(2, 3), grant(1, 2)), grants());
  }

  @Test
  void whoWasSlowLatelyGoesAfterWhoWasNot() {
    becomesSlow(1);
    bulkheads.leave(enter(1), true);
    assertEquals(Lane.YOUNG, bulkheads.holding(1).lane());
    round.add(1);
    round.add(2);
    assertEquals(List.of(2L, 1L), webhooks(grants()));
  }

  @Test
  void whoGotAPlaceGoesToTheBack() {
    for (long webhook = 1; webhook <= 8; webhook++) {
      round.add(webhook);
    }
    List<Grant> first = grants();
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), webhooks(first));
    sendAll(first);
    assertFalse(round.couldGrant());
    sendings.forEach(sending -> bulkheads.leave(sending, false));
    assertEquals(List.of(7L, 8L, 1L, 2L, 3L, 4L), webhooks(grants()));
  }

  @Test
  void whatStandsByTakesAPlaceBeforeAnythingIsClaimed() {
    limits.put(1L, 1);
    Sending first = enter(1);
    bulkheads.enter(claim(1), 1);
    limits.put(1L, 10);
    bulkheads.leave(first, false);
    round.add(1);
    assertEquals(List.of(new Grant(1, 1, 5)), grants());
  }

  @Test
  void aWebhookMayClaimAheadOfWhatHasArrivedWhileThereIsAPlaceForOthers() {
    limits.put(1L, 2);
    enter(1);
    enter(1);
    round.add(1);
    assertEquals(List.of(grant(1, 2)), round.grants(Map.of(1L, 50)));
    for (long webhook = 2; webhook <= 5; webhook++) {
      enter(webhook);
    }
    round.ended(1);
    assertEquals(List.of(), round.grants(Map.of(1L, 50)), "all places are taken");
  }

  @Test
  void theLanesDoNotHoldUpEachOther() {
    becomesSlow(1);
    for (long webhook = 2; webhook <= 7; webhook++) {
      enter(webhook);
    }
    round.add(8);
    round.add(1);
    assertEquals(List.of(1L), webhooks(grants()));
  }

  @Test
  void aTurnGrantsFewSlowPlacesHoweverManyAreFree() {
    Bulkheads wide = new Bulkheads(600, 4096, () -> now);
    Round many = new Round(wide, webhookId -> 1, HeldBodies.inThisHeap());
    for (long webhook = 1; webhook <= 200; webhook++) {
      wide.expectSlow(List.of(webhook));
      many.add(webhook);
      many.add(1000 + webhook);
    }
    List<Long> granted = webhooks(many.grants(Map.of()));
    assertEquals(200, granted.stream().filter(webhook -> webhook > 1000).count());
    assertEquals(50, granted.stream().filter(webhook -> webhook <= 1000).count());
    assertTrue(many.couldGrant(), "the next turn goes on");
  }

  @Test
  void whoHasWhatItMayHaveIsLookedAtAgainWhenItsRequestEndsOrAtAPoll() {
    limits.put(1L, 1);
    Sending only = enter(1);
    round.add(1);
    assertEquals(List.of(), grants());
    asked = 0;
    assertEquals(List.of(), grants());
    assertFalse(round.couldGrant());
    assertEquals(0, asked);

    bulkheads.leave(only, false);
    round.ended(1);
    assertEquals(List.of(grant(1, 1)), grants());
    limits.put(1L, 2);
    round.poll(Set.of(1L));
    assertEquals(List.of(grant(1, 2)), grants());
  }

  @Test
  void whatNobodyIsDueForIsForgottenAtAPoll() {
    limits.put(1L, 0);
    round.add(1);
    grants();
    round.poll(Set.of());
    asked = 0;
    limits.put(1L, 1);
    round.poll(Set.of());
    assertEquals(List.of(), grants());
    assertEquals(0, asked);
  }

  @Test
  void aTurnCostsWhatItGrantsHoweverManyAreDue() {
    for (long webhook = 1; webhook <= 20_000; webhook++) {
      limits.put(webhook, webhook % 2 == 0 ? 0 : 1);
      round.add(webhook);
    }
    sendAll(grants());
    asked = 0;
    int granted = 0;
    for (int turn = 0; turn < 1000; turn++) {
      Sending oldest = sendings.remove(0);
      bulkheads.leave(oldest, false);
      round.ended(oldest.webhookId());
      List<Grant> grants = grants();
      granted += grants.size();
      sendAll(grants);
    }
    assertEquals(1000, granted);
    assertTrue(asked <= 3 * granted, () -> asked + " limits asked for");
  }

  private final List<Sending> sendings = new ArrayList<>();

  private void sendAll(List<Grant> grants) {
    for (Grant grant : grants) {
      sendings.add(enter(grant.webhookId()));
    }
  }

  private List<Grant> grants() {
    return round.grants(Map.of());
  }

  private static Grant grant(long webhookId, int toClaim) {
    return new Grant(webhookId, 0, toClaim);
  }

  private static List<Long> webhooks(List<Grant> grants) {
    return grants.stream().map(Grant::webhookId).toList();
  }

  private void becomesSlow(long webhookId) {
    Sending slow = enter(webhookId);
    now += Lanes.SLOW_AFTER.toNanos();
    bulkheads.leave(slow, true);
  }

  private Sending enter(long webhookId) {
    return bulkheads.enter(claim(webhookId), 10);
  }

  private static ClaimedDelivery claim(long webhookId) {
    return claim(webhookId, BODY);
  }

  private static ClaimedDelivery claim(long webhookId, byte[] body) {
    return Claims.of(1, webhookId, "e", body);
  }
}
