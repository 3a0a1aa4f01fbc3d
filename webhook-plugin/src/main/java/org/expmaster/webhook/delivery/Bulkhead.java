package org.expmaster.webhook.delivery;

import java.util.ArrayDeque;
import java.util.Deque;

/** What one webhook has under way and standing by. Guarded by {@link Bulkheads}. */
final class Bulkhead {
  private final Deque<Sending> standBy = new ArrayDeque<>(0);
  private int limit;
  private int underWay;

  /** How many requests may be under way from now on. */
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
