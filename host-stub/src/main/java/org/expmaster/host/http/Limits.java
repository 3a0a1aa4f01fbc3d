package org.expmaster.host.http;

import java.time.Duration;

/**
 * What clients may take of the server, in connections, time and threads.
 *
 * @param connections open at once; beyond them, one that waits for its client is closed
 * @param idle between an answer and the first byte of the next request
 * @param head for the whole head of a request, from its first byte or the connection's beginning
 * @param grace for a body or an answer, beside what {@code bytesPerSecond} gives it
 * @param bytesPerSecond what a client must send of a body, and take of an answer, on average
 * @param workers handlers called at once; half of them of one route
 * @param waiting requests that wait for a worker
 * @param longestWait of such a request; then it is answered 503
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

  /** How long so many bytes may take. */
  Duration transfer(long bytes) {
    return grace.plusMillis(bytes * 1000 / bytesPerSecond);
  }
}
