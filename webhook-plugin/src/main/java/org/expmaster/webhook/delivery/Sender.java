package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.function.Consumer;

/** Sends requests without a thread for each. Any thread may use it. */
public interface Sender extends AutoCloseable {

  /**
   * Begins an attempt and returns at once.
   *
   * @param request what to send, once; redirects are not followed
   * @param done is called exactly once, possibly before this method returns, on any thread; it must
   *     return at once and not throw
   * @return what can end the attempt early
   */
  UnderWay send(OutgoingRequest request, Consumer<Outcome> done);

  /** Cuts short what is under way, each ending as {@link Outcome.Kind#CUT_SHORT}; ends threads. */
  @Override
  void close();

  /** An attempt that has begun. */
  @FunctionalInterface
  interface UnderWay {

    /** Ends it for this reason, if it has not ended. */
    void cutShort(Outcome.Kind why);
  }

  /**
   * The bounds of an attempt.
   *
   * @param connect to have a connection
   * @param exchange from the start of the attempt to the last byte of the answer that is read
   */
  record Limits(Duration connect, Duration exchange) {}
}
