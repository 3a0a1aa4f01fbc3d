package org.expmaster.webhook.match;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.Webhook;

/**
 * A trigger that fires unless it has fired for this subject before, or its webhook is not notified
 * of the experiment. Neither can be known for certain in memory.
 *
 * @param subject what the trigger fires once for: the id of a task or a trial
 * @param experimentId the experiment concerned, or empty for none
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

  /** Creates an event once its experiment is known. */
  @FunctionalInterface
  public interface Occurrence {
    /** Returns the event; its id is the same at every call. */
    WebhookEvent event(Optional<Experiment> subject);
  }

  /** Tells which triggers to skip, because they have fired or are not wanted. */
  @FunctionalInterface
  public interface Known {
    /** Returns whether to skip this trigger for this subject. */
    boolean is(long triggerId, String subject);
  }
}
