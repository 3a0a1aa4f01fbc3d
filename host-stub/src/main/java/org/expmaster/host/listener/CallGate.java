package org.expmaster.host.listener;

import java.time.Duration;
import java.time.Instant;

/**
 * Counts the calls into a plugin, so that it can be stopped when none is under way. Once closed, it
 * admits no further call. Thread-safe.
 */
public final class CallGate {
  private int underWay;
  private boolean closed;

  /** Returns whether the call may be made; if so, {@link #leave} must follow it. */
  public synchronized boolean enter() {
    if (!closed) {
      underWay++;
    }
    return !closed;
  }

  public synchronized void leave() {
    underWay--;
    notifyAll();
  }

  public synchronized void close() {
    closed = true;
  }

  public synchronized boolean isClosed() {
    return closed;
  }

  /** Waits until no call is under way; returns false if one still is at the deadline. */
  public synchronized boolean awaitEmpty(Instant deadline) throws InterruptedException {
    while (underWay > 0) {
      long left = Duration.between(Instant.now(), deadline).toMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
