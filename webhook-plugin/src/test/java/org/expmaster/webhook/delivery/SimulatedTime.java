package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A time that jumps from event to event. */
final class SimulatedTime {
  private record Event(long at, long order, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private long now;
  private long order;

  long nanos() {
    return now;
  }

  void every(Duration distance, Runnable what) {
    after(
        distance,
        () -> {
          what.run();
          every(distance, what);
        });
  }

  void after(Duration delay, Runnable what) {
    events.add(new Event(now + delay.toNanos(), ++order, what));
  }

  /** Returns when the next event happens, in nanoseconds. */
  long nextEvent() {
    return events.peek().at();
  }

  /** Moves to this time and lets happen what is due by then. */
  void passUntil(long nanos) {
    now = nanos;
    while (!events.isEmpty() && events.peek().at() <= now) {
      events.poll().what().run();
    }
  }
}
