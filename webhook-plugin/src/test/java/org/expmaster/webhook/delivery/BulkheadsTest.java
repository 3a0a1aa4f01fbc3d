package org.expmaster.webhook.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.expmaster.webhook.delivery.Bulkheads.Holding;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.junit.jupiter.api.Test;

/** Places are counted, taken, moved between lanes and handed on; none is ever lost. */
final class BulkheadsTest {
  private static final byte[] BODY = {};

  private long now;
  private long deliveries;
  private final Bulkheads bulkheads = new Bulkheads(3, 20, () -> now);

  @Test
  void aWebhookHasNoMorePlacesThanItsLimit() {
    assertNotNull(enter(7, 1));
    assertNull(enter(7, 1));
    assertNotNull(enter(8, 1), "another has its own");
    assertEquals(new Holding(Lane.YOUNG, true, 1, 1), bulkheads.holding(7));
    assertEquals(1, bulkheads.free(Lane.YOUNG));
  }

  @Test
  void thereAreNoMoreYoungPlacesThanAllowed() {
    Sending first = enter(1, 5);
    enter(2, 5);
    enter(3, 5);
    assertNull(enter(4, 5));
    assertEquals(0, bulkheads.free(Lane.YOUNG));

    bulkheads.leave(first, true);
    assertEquals(List.of(4L), webhooks(bulkheads.enterStandBy(4, 5, 1)));
    assertEquals(0, bulkheads.free(Lane.YOUNG));
  }

  @Test
  void aPlaceIsHandedOnInTheOrderOfStandingByAndIsFreeAfterTheLast() {
    Sending first = enter(7, 1);
    ClaimedDelivery second = standBy(7, 1);
    ClaimedDelivery third = standBy(7, 1);

    Sending next = bulkheads.leave(first, true);
    assertSame(second, next.claim());
    next = bulkheads.leave(next, true);
    assertSame(third, next.claim());
    assertEquals(2, bulkheads.free(Lane.YOUNG));
    assertNull(bulkheads.leave(next, true));
    assertEquals(3, bulkheads.free(Lane.YOUNG));
    assertEquals(0, bulkheads.holding(7).underWay());
  }

  @Test
  void aPlaceIsNotHandedOnWhileAnotherWebhookWaitsForOne() {
    Sending first = enter(7, 1);
    standBy(7, 1);
    bulkheads.crowded(EnumSet.of(Lane.YOUNG));
    assertNull(bulkheads.leave(first, true));

    bulkheads.crowded(Set.of());
    Sending second = bulkheads.enterStandBy(7, 1, 5).get(0);
    standBy(7, 1);
    assertNotNull(bulkheads.leave(second, true));
  }

  @Test
  void aFailureHandsOnNothing() {
    Sending first = enter(7, 1);
    standBy(7, 1);
    assertNull(bulkheads.leave(first, false));
    assertEquals(3, bulkheads.free(Lane.YOUNG));
  }

  @Test
  void nothingOvertakesWhatStandsBy() {
    Sending first = enter(7, 1);
    ClaimedDelivery second = standBy(7, 1);
    bulkheads.leave(first, false);

    assertNull(enter(7, 1), "though there is a place");
    assertSame(second, bulkheads.enterStandBy(7, 1, 1).get(0).claim());
  }

  @Test
  void noMoreThanGrantedOfWhatStandsByEnters() {
    List<Sending> underWay = List.of(enter(7, 2), enter(7, 2));
    standBy(7, 2);
    standBy(7, 2);
    underWay.forEach(sending -> bulkheads.leave(sending, false));
    assertEquals(1, bulkheads.enterStandBy(7, 2, 1).size());
    assertEquals(List.of(), bulkheads.enterStandBy(7, 0, 1), "its limit has been lowered");
  }

  @Test
  void onlyWhatHasStoodByLongEnoughIsWithdrawn() {
    enter(7, 1);
    ClaimedDelivery second = standBy(7, 1);
    pass(Duration.ofSeconds(1));
    ClaimedDelivery third = standBy(7, 1);

    assertEquals(List.of(second), bulkheads.withdraw(Duration.ofSeconds(1)));
    assertEquals(List.of(third), bulkheads.withdraw(Duration.ZERO));
    assertEquals(new Holding(Lane.YOUNG, true, 1, 0), bulkheads.holding(7));
  }

  @Test
  void aRequestThatIsSlowGivesItsYoungPlaceBackAndCountsOn() {
    Sending slow = enter(7, 2);
    pass(Lanes.SLOW_AFTER.minusNanos(1));
    bulkheads.changeLanes();
    assertEquals(2, bulkheads.free(Lane.YOUNG), "not yet");

    pass(Duration.ofNanos(1));
    assertEquals(List.of(), bulkheads.changeLanes());
    assertEquals(3, bulkheads.free(Lane.YOUNG));
    assertEquals(1, bulkheads.underWay(Lane.SLOW));
    assertEquals(new Holding(Lane.SLOW, false, 1, 0), bulkheads.holding(7), "in its limit");
    assertEquals(10, bulkheads.free(Lane.SLOW), "the half in which requests begin is free");

    bulkheads.leave(slow, true);
    assertEquals(0, bulkheads.underWay(Lane.SLOW));
  }

  @Test
  void aSlowWebhookBeginsInTheSlowLaneUntilItIsQuick() {
    becomesSlow(7);
    Sending again = enter(7, 1);
    assertEquals(1, bulkheads.underWay(Lane.SLOW));
    pass(Lanes.SLOW_AFTER);
    bulkheads.leave(again, true);
    assertEquals(Lane.SLOW, bulkheads.holding(7).lane(), "slow again");

    bulkheads.leave(enter(7, 1), false);
    assertEquals(Lane.SLOW, bulkheads.holding(7).lane(), "to fail at once is not to be quick");
    bulkheads.leave(enter(7, 1), true);
    assertEquals(new Holding(Lane.YOUNG, false, 0, 0), bulkheads.holding(7));
  }

  @Test
  void howAWebhookWasIsForgottenAfterAnHour() {
    becomesSlow(7);
    pass(SlowHistory.KEPT);
    becomesSlow(8);
    assertEquals(new Holding(Lane.YOUNG, true, 0, 0), bulkheads.holding(7));
    assertEquals(Lane.SLOW, bulkheads.holding(8).lane());
  }

  @Test
  void requestsThatBeginInTheSlowLaneLeaveHalfOfItToThoseThatBecomeSlow() {
    for (long webhook = 1; webhook <= 11; webhook++) {
      becomesSlow(webhook);
    }
    for (long webhook = 1; webhook <= 10; webhook++) {
      assertNotNull(enter(webhook, 1));
    }
    assertNull(enter(11, 1));
    assertEquals(0, bulkheads.free(Lane.SLOW));
  }

  @Test
  void theMoreOfTheSlowLaneAWebhookHasTheMoreMustBeFreeForItsNext() {
    becomesSlow(7);
    becomesSlow(8);
    assertNotNull(enter(7, 9));
    assertNotNull(enter(7, 9), "nine are free");
    assertNull(enter(7, 9), "eight are free, and sixteen would have to be");
    assertNotNull(enter(8, 9), "that has none");
  }

  @Test
  void whereTheSlowLaneIsFullTheOneThereLongestLosesItsPlace() {
    List<Sending> slow = new ArrayList<>();
    for (long webhook = 1; webhook <= 20; webhook++) {
      slow.add(enter(webhook, 1));
      pass(Lanes.SLOW_AFTER);
      assertEquals(List.of(), bulkheads.changeLanes());
    }
    Sending newest = enter(21, 1);
    pass(Lanes.SLOW_AFTER);
    assertEquals(List.of(slow.get(0)), bulkheads.changeLanes());
    assertEquals(20, bulkheads.underWay(Lane.SLOW));
    assertEquals(3, bulkheads.free(Lane.YOUNG));
    assertEquals(1, bulkheads.holding(1).underWay(), "until it has ended");

    bulkheads.leave(slow.get(0), false);
    assertEquals(0, bulkheads.holding(1).underWay());
    assertEquals(20, bulkheads.underWay(Lane.SLOW), "its place has been given back before");
    bulkheads.leave(newest, false);
    assertEquals(19, bulkheads.underWay(Lane.SLOW));
  }

  @Test
  void whileSomeoneWaitsForAYoungPlaceItIsKnownWhenTheNextIsFree() {
    enter(7, 1);
    assertEquals(Optional.empty(), bulkheads.untilNextChange());
    bulkheads.crowded(EnumSet.of(Lane.YOUNG));
    pass(Duration.ofMillis(100));
    assertEquals(Optional.of(Lanes.SLOW_AFTER.minusMillis(100)), bulkheads.untilNextChange());
  }

  private void becomesSlow(long webhookId) {
    Sending slow = enter(webhookId, 1);
    pass(Lanes.SLOW_AFTER);
    bulkheads.leave(slow, true);
  }

  private Sending enter(long webhookId, int limit) {
    return bulkheads.enter(claim(webhookId), limit);
  }

  private ClaimedDelivery standBy(long webhookId, int limit) {
    ClaimedDelivery claim = claim(webhookId);
    assertNull(bulkheads.enter(claim, limit));
    return claim;
  }

  private ClaimedDelivery claim(long webhookId) {
    return Claims.of(++deliveries, webhookId, "e", BODY);
  }

  private static List<Long> webhooks(List<Sending> sendings) {
    return sendings.stream().map(Sending::webhookId).toList();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
