package org.expmaster.webhook.delivery;

import java.util.concurrent.atomic.AtomicBoolean;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.outbox.ClaimedDelivery;

/**
 * One claimed delivery on its way: it stands by, then holds a place while its request is under way,
 * then has ended. What it holds is guarded by {@link Bulkheads}; the rest any thread may use.
 */
final class Sending {
  private final ClaimedDelivery claim;
  private final Bulkhead bulkhead;
  private final AtomicBoolean ended = new AtomicBoolean();
  private long since;
  private Lane begunIn;
  private volatile Sender.UnderWay request;

  Sending(ClaimedDelivery claim, Bulkhead bulkhead) {
    this.claim = claim;
    this.bulkhead = bulkhead;
  }

  ClaimedDelivery claim() {
    return claim;
  }

  long webhookId() {
    return claim.webhookId();
  }

  /** Its webhook's. */
  Bulkhead bulkhead() {
    return bulkhead;
  }

  /** Since when it has held a place or, before that, stood by: nanoseconds of the bulkheads. */
  long since() {
    return since;
  }

  /** In which lane it began; null before. */
  Lane begunIn() {
    return begunIn;
  }

  void standBy(long now) {
    since = now;
  }

  void enter(Lane lane, long now) {
    begunIn = lane;
    since = now;
  }

  /** Its request is under way. */
  void underWay(Sender.UnderWay with) {
    request = with;
  }

  /** Ends its request, if there is one that has not ended. */
  void cutShort(Outcome.Kind why) {
    Sender.UnderWay cut = request;
    if (cut != null) {
      cut.cutShort(why);
    }
  }

  /** Whether this call is the one that ends it. */
  boolean end() {
    return ended.compareAndSet(false, true);
  }
}
