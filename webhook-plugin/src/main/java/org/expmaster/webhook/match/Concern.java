package org.expmaster.webhook.match;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookMode;

/**
 * Decides which webhooks are notified of an experiment's events, or of the log of a task that
 * belongs to no experiment, such as a command.
 *
 * @param anyone false if no webhook is notified
 * @param workspaceId the workspace concerned, or empty if the master does not know it
 * @param named the subscription in the experiment's config; empty for a task without an experiment
 */
record Concern(boolean anyone, OptionalLong workspaceId, Optional<ExperimentSubscription> named) {
  static final Concern NOBODY = new Concern(false, OptionalLong.empty(), Optional.empty());

  Concern {
    Objects.requireNonNull(workspaceId, "workspaceId");
    Objects.requireNonNull(named, "named");
  }

  static Concern of(Experiment experiment) {
    ExperimentSubscription subscription = ExperimentSubscription.of(experiment.config());
    return subscription.excluded()
        ? NOBODY
        : new Concern(
            true, OptionalLong.of(experiment.workspace().id()), Optional.of(subscription));
  }

  /** For a task without an experiment: webhooks that a config must name are not notified. */
  static Concern ofTask(OptionalLong workspaceId) {
    return new Concern(true, workspaceId, Optional.empty());
  }

  /** Returns what the experiment's config says of webhooks and cannot be understood. */
  List<String> problems() {
    return named.map(ExperimentSubscription::problems).orElse(List.of());
  }

  boolean includes(Webhook webhook) {
    return anyone
        && isHere(webhook.workspaceId())
        && (webhook.mode() == WebhookMode.WORKSPACE
            || named.filter(subscription -> subscription.names(webhook)).isPresent());
  }

  /** Called at every state change for each webhook with a trigger on the state: avoids boxing. */
  private boolean isHere(OptionalLong webhooks) {
    return webhooks.isEmpty()
        || workspaceId.isPresent() && webhooks.getAsLong() == workspaceId.getAsLong();
  }
}
