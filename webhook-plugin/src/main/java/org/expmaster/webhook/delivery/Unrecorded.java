package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.expmaster.webhook.outbox.Result;

/** Results that the database does not have yet. Confined to the delivery loop. */
final class Unrecorded {
  /** How many are worth a transaction at once. */
  static final int ENOUGH = 64;

  private final Duration linger;
  private final LongSupplier nanos;
  private final List<Result> results = new ArrayList<>();

  /** Since when the first of them has waited. */
  private long since;

  /**
   * @param linger how long fewer than {@link #ENOUGH} wait for company
   * @param nanos a clock that nobody sets, as {@link System#nanoTime}
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

  /** All of them, in the order in which they came. */
  List<Result> all() {
    return results;
  }

  int size() {
    return results.size();
  }

  void clear() {
    results.clear();
  }

  /** Whether there are some, so few and so new that they can wait for company. */
  boolean canWait() {
    return !results.isEmpty()
        && results.size() < ENOUGH
        && nanos.getAsLong() - since < linger.toNanos();
  }
}
