package org.expmaster.webhook.publish;

import java.util.Objects;

/**
 * A trigger that fires once for each subject.
 *
 * @param triggerId the trigger
 * @param subject what it fires for: the id of a task, or of a trial
 */
public record Firing(long triggerId, String subject) {
  public Firing {
    Objects.requireNonNull(subject, "subject");
  }
}
