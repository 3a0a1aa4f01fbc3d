package org.expmaster.webhook.delivery;

import java.util.List;
import java.util.function.Consumer;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.HeldBodies;

/**
 * The claimed deliveries that have neither ended nor been given back. They are counted before
 * anything else is done, so that the count is right whatever is thrown. Confined to the delivery
 * loop.
 */
final class InHand {
  /** What they have to say. */
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

  /** Does this with each that was not sent so far, and with none twice, whatever it throws. */
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

  /** So many have ended, and nobody knows which. */
  void lost(int ends) {
    count -= ends;
  }

  /** Forgets the bodies of which it was not told that they are over, if all are. */
  void tidy() {
    if (count == 0) {
      bodies.clear();
    }
  }
}
