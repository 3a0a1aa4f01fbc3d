package org.expmaster.webhook.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.junit.jupiter.api.Test;

/** Places are counted, taken and handed on; none is ever lost. */
final class BulkheadsTest {
  private static final Instant NOW = Instant.EPOCH;

  private final Bulkheads bulkheads = new Bulkheads(3);

  @Test
  void aWebhookHasNoMorePlacesThanItsLimit() {
    assertTrue(bulkheads.enter(claim(1, 7), 1, NOW));
    assertFalse(bulkheads.enter(claim(2, 7), 1, NOW));
    assertTrue(bulkheads.enter(claim(3, 8), 1, NOW), "another has its own");
    assertEquals(2, bulkheads.held(7));
    assertEquals(1, bulkheads.left());
  }

  @Test
  void thereAreNoMorePlacesInAllThanAllowed() {
    for (int i = 1; i <= 3; i++) {
      assertTrue(bulkheads.enter(claim(i, i), 5, NOW));
    }
    assertFalse(bulkheads.enter(claim(4, 4), 5, NOW));
    assertEquals(0, bulkheads.left());

    bulkheads.leave(1);
    assertEquals(List.of(claim(4, 4)), bulkheads.enterStandBy(4, 5));
    assertEquals(0, bulkheads.left());
  }

  @Test
  void aPlaceIsHandedOnInTheOrderOfStandingByAndIsFreeAfterTheLast() {
    bulkheads.enter(claim(1, 7), 1, NOW);
    bulkheads.enter(claim(2, 7), 1, NOW);
    bulkheads.enter(claim(3, 7), 1, NOW);

    assertEquals(Optional.of(claim(2, 7)), bulkheads.handOn(7));
    assertEquals(Optional.of(claim(3, 7)), bulkheads.handOn(7));
    assertEquals(2, bulkheads.left());
    assertEquals(Optional.empty(), bulkheads.handOn(7));
    assertEquals(3, bulkheads.left());
    assertEquals(0, bulkheads.held(7));
  }

  @Test
  void nothingOvertakesWhatStandsBy() {
    bulkheads.enter(claim(1, 7), 1, NOW);
    bulkheads.enter(claim(2, 7), 1, NOW);
    bulkheads.leave(7);

    assertFalse(bulkheads.enter(claim(3, 7), 1, NOW), "though there is a place");
    assertEquals(List.of(claim(2, 7)), bulkheads.enterStandBy(7, 1));
  }

  @Test
  void onlyWhatHasStoodByLongEnoughIsWithdrawn() {
    bulkheads.enter(claim(1, 7), 1, NOW);
    bulkheads.enter(claim(2, 7), 1, NOW);
    bulkheads.enter(claim(3, 7), 1, NOW.plusSeconds(1));
    assertEquals(Set.of(7L), bulkheads.withStandBy());

    assertEquals(List.of(claim(2, 7)), bulkheads.withdraw(7, NOW));
    assertEquals(List.of(claim(3, 7)), bulkheads.withdraw(7, Instant.MAX));
    assertEquals(Set.of(), bulkheads.withStandBy());
    assertEquals(1, bulkheads.held(7));
  }

  private static final byte[] BODY = {};

  private static ClaimedDelivery claim(long id, long webhookId) {
    return new ClaimedDelivery(id, 1, webhookId, "e" + id, 1, 0, 0, "text/plain", BODY);
  }
}
