package org.expmaster.webhook.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.expmaster.webhook.telling.Log;

/**
 * Records what goes wrong within the sender: logs it once, and shows it in the status for a while.
 * Thread-safe.
 */
final class Mishaps {
  private static final Log log = Log.of(Mishaps.class);

  /** Long enough for an occasional look at the status to show what was repaired at once. */
  static final Duration SHOWN = Duration.ofMinutes(1);

  private final LongSupplier nanos;
  private volatile Mishap last;

  private record Mishap(String words, long at) {}

  Mishaps() {
    this(System::nanoTime);
  }

  Mishaps(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Records a problem. It is not logged again while it is still {@linkplain #current shown}.
   *
   * @param words must not contain a URL, a body or a key
   */
  void tell(String words) {
    boolean isNew = !current().equals(Optional.of(words));
    last = new Mishap(words, nanos.getAsLong());
    if (isNew) {
      log.error("{}", words);
    }
  }

  /** Records a problem and its cause. Never throws, not even without memory. */
  void tell(String words, Throwable cause) {
    try {
      // not an exception's message, which may hold a URL; those of JVM errors are safe
      tell(
          words
              + ": "
              + (cause instanceof VirtualMachineError
                  ? cause.toString()
                  : cause.getClass().getName()));
    } catch (RuntimeException | Error again) {
      // it is recorded when it happens next
    }
  }

  /** Returns the last problem, if it is recent. */
  Optional<String> current() {
    return Optional.ofNullable(last)
        .filter(mishap -> nanos.getAsLong() - mishap.at() < SHOWN.toNanos())
        .map(Mishap::words);
  }
}
