package org.expmaster.webhook.match;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.Webhook;

/**
 * A trigger that something fires, if it has not fired for this subject before, and if its webhook
 * wants to hear of the experiment: neither is known in memory.
 *
 * @param subject for what it fires once: the id of a task, or of a trial
 * @param experimentId the experiment it concerns, or empty for none
 * @param occurrence what has happened
 */
public record Candidate(
    Webhook webhook,
    long triggerId,
    String subject,
    OptionalLong experimentId,
    Occurrence occurrence) {

  public Candidate {
    Objects.requireNonNull(webhook, "webhook");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(experimentId, "experimentId");
    Objects.requireNonNull(occurrence, "occurrence");
  }

  /** Something that becomes an event once its experiment is known; the same one every time. */
  @FunctionalInterface
  public interface Occurrence {
    /** The event. */
    WebhookEvent event(Optional<Experiment> subject);
  }

  /** What is passed over, because it is known to have fired, or not to be wanted. */
  @FunctionalInterface
  public interface Known {
    /** Whether this trigger is passed over for this subject. */
    boolean is(long triggerId, String subject);
  }
}
