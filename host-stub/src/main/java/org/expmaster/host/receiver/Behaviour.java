package org.expmaster.host.receiver;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a receiver answers.
 *
 * @param status the status of an answer to a delivery that is verified
 * @param failFirst how many requests are answered with {@code failWith} before that
 * @param failWith the status of those
 * @param delay the pause before each answer
 * @param retryAfter the seconds that {@code Retry-After} names in each answer of 400 or higher
 * @param location where {@code Location} points in each answer
 * @param body the text of each answer
 * @param end whether and how answers end
 */
public record Behaviour(
    int status,
    int failFirst,
    int failWith,
    Duration delay,
    Optional<Long> retryAfter,
    Optional<URI> location,
    String body,
    End end) {
  private static final int REFUSED = 401;

  /** How an exchange ends. */
  public enum End {
    /** With the whole answer. */
    WHOLE,
    /** Without the end of the answer's body; the connection stays open. */
    NO_BODY_END,
    /** Without an answer; the connection stays open. */
    HANG,
    /** Without an answer; the connection is closed. */
    CLOSE
  }

  public Behaviour {
    require("the answer's status", status);
    require("the status of failures", failWith);
    if (failFirst < 0) {
      throw new IllegalArgumentException("requests to fail are 0 or more, not " + failFirst);
    }
    if (retryAfter.filter(seconds -> seconds < 0).isPresent()) {
      throw new IllegalArgumentException("Retry-After is 0 or more seconds");
    }
  }

  private static void require(String what, int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException(what + " must be 200 to 599, not " + status);
    }
  }

  /**
   * Returns the status of the answer to a request.
   *
   * @param number 1 for the first request
   */
  int status(int number, boolean accepted) {
    if (number <= failFirst) {
      return failWith;
    }
    return accepted ? status : REFUSED;
  }

  /** Says what a request gets, for people. */
  String words(int answered) {
    String after = delay.isZero() ? "" : " after " + delay.toMillis() + " ms";
    return switch (end) {
      case WHOLE -> "answered with " + answered + after;
      case NO_BODY_END -> "answered with " + answered + after + ", its body without an end";
      case HANG -> "not answered; the connection stays open";
      case CLOSE -> "not answered" + after + "; the connection is closed";
    };
  }
}
