package org.expmaster.webhook.publish;

import java.util.Objects;

/**
 * The firing of a trigger for a subject, which happens once.
 *
 * @param triggerId the trigger's id
 * @param subject what the trigger fires for: the id of a task or a trial
 */
public record Firing(long triggerId, String subject) {
  public Firing {
    Objects.requireNonNull(subject, "subject");
  }
}
