package org.expmaster.webhook.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends requests without a thread for each. Any thread may use it. */
public interface Sender extends AutoCloseable {

  /**
   * Begins an attempt and returns at once.
   *
   * @param request what to send, once; redirects are not followed
   * @param done is called exactly once, possibly before this method returns, on any thread; it must
   *     return at once and not throw. It is not called if this method throws
   * @return what can end the attempt early
   */
  UnderWay send(OutgoingRequest request, Consumer<Outcome> done);

  /** What is wrong within, or was a moment ago, for people; empty if all is well. */
  default Optional<String> problem() {
    return Optional.empty();
  }

  /** Cuts short what is under way, each ending as {@link Outcome.Kind#CUT_SHORT}; ends threads. */
  @Override
  void close();

  /** An attempt that has begun. */
  @FunctionalInterface
  interface UnderWay {

    /** Ends it, if it has not ended: with its status, if that has come, or for this reason. */
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
