package org.expmaster.webhook.signing;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A webhook's secret and, for a while after its rotation, the one before.
 *
 * @param current empty only for a webhook that an older version of the plugin has created, until
 *     somebody asks for its secret
 * @param previous the secret before; may be past its time
 */
public record WebhookSecrets(Optional<WebhookSecret> current, Optional<Previous> previous) {
  /** No secret: only the master's keys sign. */
  public static final WebhookSecrets NONE = new WebhookSecrets(Optional.empty(), Optional.empty());

  /** A secret that receivers may still hold, and that signs as well until then. */
  public record Previous(WebhookSecret secret, Instant until) {
    public Previous {
      Objects.requireNonNull(secret, "secret");
      Objects.requireNonNull(until, "until");
    }
  }

  public WebhookSecrets {
    Objects.requireNonNull(current, "current");
    Objects.requireNonNull(previous, "previous");
  }

  /** Returns a new secret that replaces none. */
  public static WebhookSecrets generated() {
    return new WebhookSecrets(Optional.of(WebhookSecret.random()), Optional.empty());
  }

  /** Returns a new secret; the one that it replaces signs as well until then. */
  public WebhookSecrets rotated(Instant until) {
    return new WebhookSecrets(
        Optional.of(WebhookSecret.random()),
        current.map(replaced -> new Previous(replaced, until)));
  }

  /** Returns the previous secret if it still signs. */
  public Optional<Previous> overlapping(Instant now) {
    return previous.filter(before -> now.isBefore(before.until()));
  }

  /** Returns those that sign, the current one first. */
  List<WebhookSecret> signing(Instant now) {
    return Stream.concat(current.stream(), overlapping(now).map(Previous::secret).stream())
        .toList();
  }
}
