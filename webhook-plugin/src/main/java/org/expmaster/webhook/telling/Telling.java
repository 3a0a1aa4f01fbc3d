package org.expmaster.webhook.telling;

import java.util.Optional;

/**
 * Runs side effects on which nothing depends, such as log lines and meters, and swallows whatever
 * they throw. Keeps the last throwable until a whole call succeeds again. Thread-safe.
 */
public final class Telling {
  private volatile Throwable failure;

  /** One side effect, such as a log line. */
  @FunctionalInterface
  public interface Words {
    void tell();
  }

  /** Runs all side effects, even if some of them throw. Never throws. */
  public void tell(Words... all) {
    Throwable thrown = null;
    for (Words words : all) {
      try {
        words.tell();
      } catch (Throwable any) {
        thrown = any;
      }
    }
    if (thrown != failure) {
      failure = thrown;
    }
  }

  /** Returns what the last call threw, or empty if it succeeded. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }
}
