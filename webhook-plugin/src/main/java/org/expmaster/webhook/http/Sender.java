package org.expmaster.webhook.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends requests without a thread for each. Thread-safe. */
public interface Sender extends AutoCloseable {

  /**
   * Begins an attempt and returns at once.
   *
   * @param request the request to send, once; redirects are not followed
   * @param done called exactly once, on any thread, possibly before this method returns; must
   *     return at once and not throw. Not called if this method throws
   * @return a handle that can end the attempt early
   */
  UnderWay send(OutgoingRequest request, Consumer<Outcome> done);

  /** Returns what is or recently was wrong within, for people; empty if all is well. */
  default Optional<String> problem() {
    return Optional.empty();
  }

  /** Ends all threads and attempts, as {@link Outcome.Kind#CUT_SHORT} if no status has come. */
  @Override
  void close();

  /** An attempt that has begun. */
  @FunctionalInterface
  interface UnderWay {

    /** Ends it, unless it has ended: with its status if that has come, else for this reason. */
    void cutShort(Outcome.Kind why);
  }

  /**
   * The time limits of an attempt.
   *
   * @param connect for establishing the connection
   * @param exchange from the start of the attempt to the last byte read of the response
   */
  record Limits(Duration connect, Duration exchange) {}
}
