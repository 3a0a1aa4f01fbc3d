package org.expmaster.webhook.registry;

/** Thrown if the maximum number of webhooks is reached. */
public final class QuotaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  QuotaException(String present, int most, String setting) {
    super(present + ", and may have no more than " + most + ", as " + setting + " says");
  }
}
