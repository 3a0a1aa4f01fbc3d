package org.expmaster.webhook.audit;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that somebody did.
 *
 * @param id rises with time
 * @param username the user's name at that time
 * @param webhookId the webhook concerned; 0 for none in particular
 * @param webhookName the webhook's name at that time; empty if it had none
 * @param detail what else there is to say, such as the fields that were edited; never a secret
 */
public record Entry(
    long id,
    Instant at,
    long userId,
    String username,
    Action action,
    long webhookId,
    String webhookName,
    String detail) {
  public Entry {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(webhookName, "webhookName");
    Objects.requireNonNull(detail, "detail");
  }
}
