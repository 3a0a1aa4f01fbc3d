package org.expmaster.webhook.delivery;

import java.util.ArrayDeque;
import java.util.Deque;

/** One webhook's requests in flight and deliveries standing by. Guarded by {@link Bulkheads}. */
final class Bulkhead {
  private final Deque<Sending> standBy = new ArrayDeque<>(0);
  private int limit;
  private int underWay;

  /** Sets the maximum number of requests in flight. */
  void limit(int now) {
    limit = now;
  }

  int underWay() {
    return underWay;
  }

  boolean isFull() {
    return underWay >= limit;
  }

  void enter() {
    underWay++;
  }

  void leave() {
    underWay--;
  }

  Deque<Sending> standBy() {
    return standBy;
  }

  boolean isIdle() {
    return underWay == 0 && standBy.isEmpty();
  }
}
