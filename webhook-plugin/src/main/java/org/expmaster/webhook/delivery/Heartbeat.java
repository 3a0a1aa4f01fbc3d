package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Notices that a thread has stopped turning. One thread beats; any may ask. */
final class Heartbeat {
  /** Longer than any turn should take, with all time limits of a database. */
  static final Duration LONGEST = Duration.ofMinutes(2);

  private final LongSupplier nanos;
  private volatile long last;

  /**
   * @param nanos a monotonic clock, such as {@link System#nanoTime}
   */
  Heartbeat(LongSupplier nanos) {
    this.nanos = nanos;
    beat();
  }

  void beat() {
    last = nanos.getAsLong();
  }

  /** Returns for how long there has been no beat, if that is too long, and where the thread is. */
  Optional<String> problem(Thread thread) {
    Duration silent = Duration.ofNanos(nanos.getAsLong() - last);
    if (silent.compareTo(LONGEST) < 0 || !thread.isAlive()) {
      return Optional.empty();
    }
    StackTraceElement[] stack = thread.getStackTrace();
    return Optional.of(
        "the delivery loop has not turned for "
            + Spans.words(silent)
            + (stack.length == 0 ? "" : "; it is at " + stack[0]));
  }
}
