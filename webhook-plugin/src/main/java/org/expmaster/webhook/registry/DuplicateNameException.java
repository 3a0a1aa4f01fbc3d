package org.expmaster.webhook.registry;

/** Thrown if another webhook of the workspace has the name. */
public final class DuplicateNameException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DuplicateNameException(Throwable cause) {
    super("another webhook of the workspace has this name", cause);
  }
}
