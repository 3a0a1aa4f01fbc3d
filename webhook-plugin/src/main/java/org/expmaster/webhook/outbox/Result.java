package org.expmaster.webhook.outbox;

import java.time.Instant;
import java.util.Objects;

/** How the sending of a claimed delivery ended, as the outbox keeps it. */
public sealed interface Result {

  /** The claim it ends. */
  ClaimedDelivery claim();

  /** It arrived; nothing of it stays. */
  record Delivered(ClaimedDelivery claim) implements Result {
    public Delivered {
      Objects.requireNonNull(claim, "claim");
    }
  }

  /** It failed and is to be tried again. */
  record Retry(ClaimedDelivery claim, Instant due, String problem) implements Result {
    public Retry {
      Objects.requireNonNull(claim, "claim");
      Objects.requireNonNull(due, "due");
      Objects.requireNonNull(problem, "problem");
    }
  }

  /** It failed for the last time; it is kept as a dead letter. */
  record GivenUp(ClaimedDelivery claim, String problem) implements Result {
    public GivenUp {
      Objects.requireNonNull(claim, "claim");
      Objects.requireNonNull(problem, "problem");
    }
  }

  /** It was not sent, or nobody knows; it is due again at once. */
  record Released(ClaimedDelivery claim) implements Result {
    public Released {
      Objects.requireNonNull(claim, "claim");
    }
  }
}
