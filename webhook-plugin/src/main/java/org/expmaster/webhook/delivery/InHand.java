package org.expmaster.webhook.delivery;

import java.util.List;
import java.util.function.Consumer;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.HeldBodies;

/**
 * The claimed deliveries that have neither ended nor been released. They are counted first, so that
 * the count is right whatever is thrown. Confined to the loop's thread.
 */
final class InHand {
  private final HeldBodies bodies = HeldBodies.inThisHeap();

  private List<ClaimedDelivery> claimed = List.of();
  private int sent;
  private int count;

  HeldBodies bodies() {
    return bodies;
  }

  int count() {
    return count;
  }

  void take(List<ClaimedDelivery> all) {
    claimed = all;
    sent = 0;
    count += all.size();
    all.forEach(bodies::hold);
  }

  /** Applies an action to each delivery not sent so far, and to none twice, whatever it throws. */
  void eachUnsent(Consumer<ClaimedDelivery> what) {
    while (sent < claimed.size()) {
      what.accept(claimed.get(sent++));
    }
    claimed = List.of();
    sent = 0;
  }

  void over(ClaimedDelivery claim) {
    count--;
    bodies.release(claim);
  }

  void over(List<ClaimedDelivery> all) {
    count -= all.size();
    all.forEach(bodies::release);
  }

  /** Subtracts deliveries that have ended without a record of which ones. */
  void lost(int ends) {
    count -= ends;
  }

  /** Once no delivery is left, forgets the bodies of those that were {@link #lost}. */
  void tidy() {
    if (count == 0) {
      bodies.clear();
    }
  }
}
