package org.expmaster.webhook.signing;

import java.time.Instant;

/** Thrown when a rotation would end an earlier one before receivers have followed it. */
public final class RotationPendingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Instant until;

  /**
   * @param until when the earlier rotation is over
   */
  public RotationPendingException(Instant until) {
    super("a rotation is under way until " + until);
    this.until = until;
  }

  /** Returns when the earlier rotation is over. */
  public Instant until() {
    return until;
  }
}
