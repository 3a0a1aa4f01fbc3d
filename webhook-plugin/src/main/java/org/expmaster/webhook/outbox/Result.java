package org.expmaster.webhook.outbox;

import java.time.Instant;
import java.util.Objects;

/** The result of a claimed delivery, as the outbox records it. */
public sealed interface Result {

  /** Returns the claim that this result ends. */
  ClaimedDelivery claim();

  /** Returns the same result for a newer claim of the delivery. */
  Result of(ClaimedDelivery again);

  /** Returns a copy without the receiver's text, for a database that refuses to store it. */
  default Result withoutText() {
    return this;
  }

  /** Calls the visitor's method for this result. */
  void accept(Visitor visitor);

  /** One method for each result. */
  interface Visitor {
    void delivered(Delivered result);

    void retry(Retry result);

    void dead(Dead result);

    void released(Released result);
  }

  /** The receiver accepted the delivery. */
  record Delivered(ClaimedDelivery claim, Attempt attempt) implements Result {
    public Delivered {
      Objects.requireNonNull(claim, "claim");
      Objects.requireNonNull(attempt, "attempt");
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.delivered(this);
    }

    @Override
    public Result of(ClaimedDelivery again) {
      return new Delivered(again, attempt);
    }

    @Override
    public Result withoutText() {
      return new Delivered(claim, attempt.withoutText());
    }
  }

  /** The attempt failed; the next one is due at {@code due}. */
  record Retry(ClaimedDelivery claim, Attempt attempt, Instant due) implements Result {
    public Retry {
      Objects.requireNonNull(claim, "claim");
      Objects.requireNonNull(attempt, "attempt");
      Objects.requireNonNull(due, "due");
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.retry(this);
    }

    @Override
    public Result of(ClaimedDelivery again) {
      return new Retry(again, attempt, due);
    }

    @Override
    public Result withoutText() {
      return new Retry(claim, attempt.withoutText(), due);
    }
  }

  /** The last attempt failed; the delivery becomes a dead letter, which may be redelivered. */
  record Dead(ClaimedDelivery claim, Attempt attempt) implements Result {
    public Dead {
      Objects.requireNonNull(claim, "claim");
      Objects.requireNonNull(attempt, "attempt");
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.dead(this);
    }

    @Override
    public Result of(ClaimedDelivery again) {
      return new Dead(again, attempt);
    }

    @Override
    public Result withoutText() {
      return new Dead(claim, attempt.withoutText());
    }
  }

  /** The delivery was not sent, or its outcome is unknown; it is due again at once. */
  record Released(ClaimedDelivery claim) implements Result {
    public Released {
      Objects.requireNonNull(claim, "claim");
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.released(this);
    }

    @Override
    public Result of(ClaimedDelivery again) {
      return new Released(again);
    }
  }
}
