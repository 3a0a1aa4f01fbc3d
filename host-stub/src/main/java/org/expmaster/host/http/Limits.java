package org.expmaster.host.http;

import java.time.Duration;

/**
 * Limits on what clients may take of the server: connections, time and threads.
 *
 * @param connections open connections; beyond them, one that waits for its client is closed
 * @param idle time from a response to the first byte of the next request
 * @param head time for the whole head of a request, from its first byte or the connection's opening
 * @param grace time for a body or a response, in addition to what {@code bytesPerSecond} allows
 * @param bytesPerSecond the average rate at which a client must send a body and read a response
 * @param workers handlers that run at once; one route may use half of them
 * @param waiting requests that may wait for a worker
 * @param longestWait the longest wait of such a request, which is then answered with 503
 */
record Limits(
    int connections,
    Duration idle,
    Duration head,
    Duration grace,
    int bytesPerSecond,
    int workers,
    int waiting,
    Duration longestWait) {

  static final Limits STANDARD =
      new Limits(
          512,
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          4096,
          32,
          256,
          Duration.ofSeconds(10));

  Limits {
    if (connections <= workers + waiting) {
      throw new IllegalArgumentException("every connection could wait for a worker");
    }
  }

  /** Returns how long a transfer of this size may take. */
  Duration transfer(long bytes) {
    return grace.plusMillis(bytes * 1000 / bytesPerSecond);
  }
}
