package org.expmaster.webhook.signing;

import java.util.Objects;
import java.util.Optional;

/**
 * The current signing key, and the previous one while receivers may still hold only that.
 *
 * @param current signs the documented headers and the Standard Webhooks header
 * @param previous signs the Standard Webhooks header as well
 */
public record SigningKeys(SigningKey current, Optional<SigningKey> previous) {
  public SigningKeys {
    Objects.requireNonNull(current, "current");
    Objects.requireNonNull(previous, "previous");
  }
}
