package org.expmaster.host.http;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The state of one connection: whether it is the client's turn, and until when. Thread-safe.
 *
 * <p>A time limit on silence is not enough, because a byte now and then resets it. Each of the
 * client's turns therefore has a deadline: sending a head, sending a body, reading a response.
 */
final class Visit {
  private static final Runnable NOTHING = () -> {};

  private final ClientNetwork network;
  private final Limits limits;
  private final LongSupplier bytesIn;
  private final Runnable close;
  private final AtomicReference<Turn> turn;

  /**
   * @param theirs whether the master waits for the client
   * @param bytesAtStart the bytes received by then; more of them end a pause between requests
   */
  private record Turn(
      boolean theirs,
      boolean pause,
      Instant since,
      Instant until,
      long bytesAtStart,
      Runnable tooLate) {}

  /**
   * Starts with a connection that has just been opened.
   *
   * @param bytesIn the number of bytes received over it so far
   * @param close closes it at once
   */
  Visit(ClientNetwork network, Limits limits, LongSupplier bytesIn, Runnable close, Instant now) {
    this.network = network;
    this.limits = limits;
    this.bytesIn = bytesIn;
    this.close = close;
    this.turn = new AtomicReference<>(theirs(false, now, now.plus(limits.head()), close));
  }

  private Turn theirs(boolean pause, Instant now, Instant until, Runnable tooLate) {
    return new Turn(true, pause, now, until, bytesIn.getAsLong(), tooLate);
  }

  ClientNetwork network() {
    return network;
  }

  /** Starts the client's turn to send a body. */
  void awaitBody(Instant now, Runnable tooLate) {
    turn.set(theirs(false, now, now.plus(limits.grace()), tooLate));
  }

  /** Extends the deadline: this many bytes of the body have arrived. */
  void received(long bytes) {
    turn.updateAndGet(
        body -> theirs(false, body.since, body.since.plus(limits.transfer(bytes)), body.tooLate));
  }

  /** Ends the client's turn: the request is complete, and the client waits for the master. */
  void serve(Instant now) {
    turn.set(new Turn(false, false, now, Instant.MAX, 0, NOTHING));
  }

  /** Starts the client's turn to read a response of this length. */
  void awaitReader(Instant now, long bytes) {
    turn.set(theirs(false, now, now.plus(limits.transfer(bytes)), close));
  }

  /** Starts the pause before the next request: the response has been sent. */
  void awaitNext(Instant now) {
    turn.set(theirs(true, now, now.plus(limits.idle()), close));
  }

  /** Ends the client's turn if its deadline has passed. */
  void check(Instant now) {
    Turn seen = turn.get();
    if (seen.pause && bytesIn.getAsLong() > seen.bytesAtStart) {
      turn.compareAndSet(seen, theirs(false, now, now.plus(limits.head()), close));
    } else if (now.isAfter(seen.until)) {
      // the client must read the final response in time, too
      if (turn.compareAndSet(seen, theirs(false, seen.since, now.plus(limits.grace()), close))) {
        seen.tooLate.run();
      }
    }
  }

  /** Returns whether the master waits for the client, so that others need not wait for it. */
  boolean isTheirs() {
    return turn.get().theirs;
  }

  /** Returns when the current turn began. */
  Instant since() {
    return turn.get().since;
  }

  void close() {
    close.run();
  }
}
