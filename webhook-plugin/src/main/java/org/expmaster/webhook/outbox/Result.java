package org.expmaster.webhook.outbox;

import java.time.Instant;
import java.util.Objects;

/** How the sending of a claimed delivery ended, as the outbox keeps it. */
public sealed interface Result {

  /** The claim it ends. */
  ClaimedDelivery claim();

  /** It arrived. */
  record Delivered(ClaimedDelivery claim, Attempt attempt) implements Result {
    public Delivered {
      Objects.requireNonNull(claim, "claim");
      Objects.requireNonNull(attempt, "attempt");
    }
  }

  /** It failed and is to be tried again. */
  record Retry(ClaimedDelivery claim, Attempt attempt, Instant due) implements Result {
    public Retry {
      Objects.requireNonNull(claim, "claim");
      Objects.requireNonNull(attempt, "attempt");
      Objects.requireNonNull(due, "due");
    }
  }

  /** It failed for the last time; it is kept, and someone may ask for it again. */
  record Dead(ClaimedDelivery claim, Attempt attempt) implements Result {
    public Dead {
      Objects.requireNonNull(claim, "claim");
      Objects.requireNonNull(attempt, "attempt");
    }
  }

  /** It was not sent, or nobody knows; it is due again at once. */
  record Released(ClaimedDelivery claim) implements Result {
    public Released {
      Objects.requireNonNull(claim, "claim");
    }
  }
}
