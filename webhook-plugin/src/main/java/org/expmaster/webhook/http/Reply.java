package org.expmaster.webhook.http;

import java.time.Duration;
import java.util.Optional;

/**
 * What is kept of an answer.
 *
 * @param retryAfter the value of the Retry-After header
 * @param body the beginning of the body
 */
record Reply(int status, Optional<String> retryAfter, Optional<String> body) {

  Outcome after(Duration took) {
    return new Outcome.Answered(status, retryAfter, body, took);
  }
}
