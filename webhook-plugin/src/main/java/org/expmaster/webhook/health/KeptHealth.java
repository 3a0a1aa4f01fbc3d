package org.expmaster.webhook.health;

import java.util.Objects;

/**
 * The stored health of a webhook, which all masters of a database share.
 *
 * @param version incremented by every change; 0 if nothing has ever been stored
 */
public record KeptHealth(Health health, long version) {
  /** For a webhook whose health has never been stored: it is well. */
  public static final KeptHealth NONE = new KeptHealth(Health.WELL, 0);

  public KeptHealth {
    Objects.requireNonNull(health, "health");
    if (version < 0) {
      throw new IllegalArgumentException("version is " + version + ", and must not be negative");
    }
  }

  /** Returns what is stored after this has been replaced with another health. */
  public KeptHealth next(Health changed) {
    return new KeptHealth(changed, version + 1);
  }
}
