package org.expmaster.webhook.telling;

import java.util.Optional;

/**
 * Tells somebody something on which nothing depends, whatever that throws. What was thrown last is
 * kept until everything of one telling works again. Any thread may use it.
 */
public final class Telling {
  private volatile Throwable failure;

  /** One thing to tell. */
  @FunctionalInterface
  public interface Words {
    /** Tells it. */
    void tell();
  }

  /** Tells all of these, each whatever the others throw. Throws nothing. */
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

  /** Why the last telling failed; empty if it did not. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }
}
