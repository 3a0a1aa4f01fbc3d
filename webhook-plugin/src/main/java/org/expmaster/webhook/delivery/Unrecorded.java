package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.expmaster.webhook.outbox.Result;

/** Results that are not in the database yet. Confined to the loop's thread. */
final class Unrecorded {
  /** How many results are worth a transaction at once. */
  static final int ENOUGH = 64;

  private final Duration linger;
  private final LongSupplier nanos;
  private final List<Result> results = new ArrayList<>();

  /** When the first of them was added. */
  private long since;

  /**
   * @param linger how long fewer results than {@link #ENOUGH} wait for more
   * @param nanos a monotonic clock, such as {@link System#nanoTime}
   */
  Unrecorded(Duration linger, LongSupplier nanos) {
    this.linger = linger;
    this.nanos = nanos;
  }

  void add(Result result) {
    if (results.isEmpty()) {
      since = nanos.getAsLong();
    }
    results.add(result);
  }

  void addAll(Collection<Result> all) {
    all.forEach(this::add);
  }

  /** Returns all results in the order in which they were added. */
  List<Result> all() {
    return results;
  }

  int size() {
    return results.size();
  }

  void clear() {
    results.clear();
  }

  /** Returns whether there are results, so few and so new that they can wait for more. */
  boolean canWait() {
    return !results.isEmpty()
        && results.size() < ENOUGH
        && nanos.getAsLong() - since < linger.toNanos();
  }
}
