package org.expmaster.webhook.outbox;

import java.time.Instant;
import java.util.Objects;

/** How the sending of a claimed delivery ended, as the outbox keeps it. */
public sealed interface Result {

  /** The claim it ends. */
  ClaimedDelivery claim();

  /** The same end of a delivery that has been claimed once more. */
  Result of(ClaimedDelivery again);

  /** The same without what the receiver said, for a database that refuses that. */
  default Result withoutText() {
    return this;
  }

  /** Calls the visitor's method for this kind of end. */
  void accept(Visitor visitor);

  /** One method for each kind of end. */
  interface Visitor {
    /** It arrived. */
    void delivered(Delivered result);

    /** It is tried again. */
    void retry(Retry result);

    /** It was given up. */
    void dead(Dead result);

    /** It was given back. */
    void released(Released result);
  }

  /** It arrived. */
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

  /** It failed and is to be tried again. */
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

  /** It failed for the last time; it is kept, and someone may ask for it again. */
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

  /** It was not sent, or nobody knows; it is due again at once. */
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
