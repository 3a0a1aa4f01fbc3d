package org.expmaster.host.http;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * One connection: whose turn it is, and until when. Thread-safe.
 *
 * <p>A time limit for silence is no limit, since a byte now and then breaks any silence. So each of
 * the client's turns has an end: the head of a request, its body, the taking of an answer.
 */
final class Visit {
  private static final Runnable NOTHING = () -> {};

  private final ClientNetwork network;
  private final Limits limits;
  private final LongSupplier bytesIn;
  private final Runnable close;
  private final AtomicReference<Turn> turn;

  /**
   * @param theirs whether the client is waited for
   * @param bytesAtStart how many had come; a pause between requests ends when there are more
   */
  private record Turn(
      boolean theirs,
      boolean pause,
      Instant since,
      Instant until,
      long bytesAtStart,
      Runnable tooLate) {}

  /**
   * A connection that has just been opened.
   *
   * @param bytesIn how many bytes have come over it so far
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

  /** The client may now send a body. */
  void awaitBody(Instant now, Runnable tooLate) {
    turn.set(theirs(false, now, now.plus(limits.grace()), tooLate));
  }

  /** So much of the body has come. */
  void received(long bytes) {
    turn.updateAndGet(
        body -> theirs(false, body.since, body.since.plus(limits.transfer(bytes)), body.tooLate));
  }

  /** The request is whole, and the client waits for the master. */
  void serve(Instant now) {
    turn.set(new Turn(false, false, now, Instant.MAX, 0, NOTHING));
  }

  /** The client may now take an answer of this length. */
  void awaitReader(Instant now, long bytes) {
    turn.set(theirs(false, now, now.plus(limits.transfer(bytes)), close));
  }

  /** The answer is taken, and another request may come. */
  void awaitNext(Instant now) {
    turn.set(theirs(true, now, now.plus(limits.idle()), close));
  }

  /** Ends the client's turn if it has taken too long. */
  void check(Instant now) {
    Turn seen = turn.get();
    if (seen.pause && bytesIn.getAsLong() > seen.bytesAtStart) {
      turn.compareAndSet(seen, theirs(false, now, now.plus(limits.head()), close));
    } else if (now.isAfter(seen.until)) {
      // what it is told now it has to take in time as well
      if (turn.compareAndSet(seen, theirs(false, seen.since, now.plus(limits.grace()), close))) {
        seen.tooLate.run();
      }
    }
  }

  /** Whether the client is waited for, so that others need not wait for it. */
  boolean isTheirs() {
    return turn.get().theirs;
  }

  /** Since when it has been the turn of whosever it is. */
  Instant since() {
    return turn.get().since;
  }

  void close() {
    close.run();
  }
}
