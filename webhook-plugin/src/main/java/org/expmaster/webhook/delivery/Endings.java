package org.expmaster.webhook.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.outbox.ClaimedDelivery;

/** A queue of outcomes, from the sender's threads to the delivery loop. */
final class Endings implements Dispatcher.Listener {
  private final Queue<End> ended = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final IntConsumer waker;

  /** A record and not a lambda: the first of those takes memory that there may not be. */
  private record End(ClaimedDelivery claim, Outcome outcome, Throwable thrown) {}

  /**
   * @param waker called on any thread with the number of outcomes that wait
   */
  Endings(IntConsumer waker) {
    this.waker = waker;
  }

  @Override
  public void ended(ClaimedDelivery claim, Outcome outcome) {
    add(claim, outcome, null);
  }

  @Override
  public void failed(ClaimedDelivery claim, Throwable thrown) {
    add(claim, null, thrown);
  }

  private void add(ClaimedDelivery claim, Outcome outcome, Throwable thrown) {
    try {
      ended.add(new End(claim, outcome, thrown));
      count.incrementAndGet();
    } catch (Error noMemoryToKeepIt) {
      // its lease expires, and it is sent again
      lost.incrementAndGet();
    }
    waker.accept(count.get());
  }

  /** Returns the number of outcomes that wait. */
  int count() {
    return count.get();
  }

  /** Takes the next outcome and passes it to a listener; returns whether there was one. */
  boolean replayNext(Dispatcher.Listener listener) {
    End next = ended.poll();
    if (next == null) {
      return false;
    }
    count.decrementAndGet();
    if (next.thrown() == null) {
      listener.ended(next.claim(), next.outcome());
    } else {
      listener.failed(next.claim(), next.thrown());
    }
    return true;
  }

  /** Returns how many outcomes were lost for lack of memory since the last call. */
  int takeLost() {
    return lost.getAndSet(0);
  }
}
