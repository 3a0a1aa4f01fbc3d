package org.expmaster.webhook.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An attempt that has ended, as stored for users.
 *
 * @param at when it ended
 * @param status the HTTP status of the receiver's answer; empty if no answer came
 * @param problem why it failed; empty if it succeeded
 * @param took the time from its start to its end
 * @param response the beginning of the answer's body; empty if there was none
 */
public record Attempt(
    Instant at, OptionalInt status, String problem, Duration took, Optional<String> response) {
  public Attempt {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(took, "took");
    Objects.requireNonNull(response, "response");
  }

  /** Returns a copy without the receiver's text, for a database that refuses to store it. */
  Attempt withoutText() {
    return new Attempt(
        at,
        status,
        problem.isEmpty() ? "" : "the database could not keep the words",
        took,
        Optional.empty());
  }
}
