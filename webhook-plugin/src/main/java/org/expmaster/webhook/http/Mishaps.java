package org.expmaster.webhook.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.expmaster.webhook.telling.Log;

/**
 * What went wrong within the sender, told once in the log and for a while to whoever asks how it
 * goes. Any thread may use it.
 */
final class Mishaps {
  private static final Log log = Log.of(Mishaps.class);

  /** Long enough for someone who looks now and then to see what mended itself at once. */
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
   * Something went wrong. Said again within a while, it is not logged again.
   *
   * @param words never a URL, a body or a key
   */
  void tell(String words) {
    boolean isNew = !current().equals(Optional.of(words));
    last = new Mishap(words, nanos.getAsLong());
    if (isNew) {
      log.error("{}", words);
    }
  }

  /** Something went wrong because of this; never throws itself, not even without any memory. */
  void tell(String words, Throwable cause) {
    try {
      // without what an exception says, which may be a URL; what the JVM says is safe
      tell(
          words
              + ": "
              + (cause instanceof VirtualMachineError
                  ? cause.toString()
                  : cause.getClass().getName()));
    } catch (RuntimeException | Error again) {
      // whoever is to be told will be told when it happens next
    }
  }

  /** What went wrong a moment ago. */
  Optional<String> current() {
    return Optional.ofNullable(last)
        .filter(mishap -> nanos.getAsLong() - mishap.at() < SHOWN.toNanos())
        .map(Mishap::words);
  }
}
