package org.expmaster.webhook.health;

import java.util.Objects;

/**
 * The health of a webhook as the masters of a database share it.
 *
 * @param health how it is doing
 * @param version raised by every change; 0 as long as nothing has ever been kept of it
 */
public record KeptHealth(Health health, long version) {
  /** Of a webhook of which nothing has ever been kept: it is well. */
  public static final KeptHealth NONE = new KeptHealth(Health.WELL, 0);

  public KeptHealth {
    Objects.requireNonNull(health, "health");
    if (version < 0) {
      throw new IllegalArgumentException("version is " + version + ", and must not be negative");
    }
  }

  /** What is kept once this one has been replaced. */
  public KeptHealth next(Health changed) {
    return new KeptHealth(changed, version + 1);
  }
}
