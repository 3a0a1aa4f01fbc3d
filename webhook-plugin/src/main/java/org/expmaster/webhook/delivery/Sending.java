package org.expmaster.webhook.delivery;

import java.util.concurrent.atomic.AtomicBoolean;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.outbox.ClaimedDelivery;

/**
 * A claimed delivery being sent: it may stand by, then holds a place while its request is in
 * flight, then has ended. Its place is guarded by {@link Bulkheads}; the rest is thread-safe.
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

  Bulkhead bulkhead() {
    return bulkhead;
  }

  /** Returns when it took its place or, before that, began to stand by, in nanoseconds. */
  long since() {
    return since;
  }

  /** Returns the lane in which it began; null before. */
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

  /** Sets the handle of its request, which is in flight. */
  void underWay(Sender.UnderWay with) {
    request = with;
  }

  /** Cuts its request short, if there is one that has not ended. */
  void cutShort(Outcome.Kind why) {
    Sender.UnderWay cut = request;
    if (cut != null) {
      cut.cutShort(why);
    }
  }

  /** Marks it as ended; returns false if it already was. */
  boolean end() {
    return ended.compareAndSet(false, true);
  }
}
