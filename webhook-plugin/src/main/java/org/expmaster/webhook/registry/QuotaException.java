package org.expmaster.webhook.registry;

/** There are as many as there may be. */
public final class QuotaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  QuotaException(String present, int most, String setting) {
    super(present + ", and may have no more than " + most + ", as " + setting + " says");
  }
}
