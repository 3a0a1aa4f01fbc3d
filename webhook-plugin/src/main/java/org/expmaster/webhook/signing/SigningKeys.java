package org.expmaster.webhook.signing;

import java.util.Objects;
import java.util.Optional;

/**
 * The key that signs, and the one before it while receivers may still have only that.
 *
 * @param current signs the documented headers
 * @param previous signs the Standard Webhooks header too, beside the current one
 */
public record SigningKeys(SigningKey current, Optional<SigningKey> previous) {
  public SigningKeys {
    Objects.requireNonNull(current, "current");
    Objects.requireNonNull(previous, "previous");
  }
}
