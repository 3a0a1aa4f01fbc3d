package org.expmaster.webhook.match;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookMode;

/**
 * Which webhooks something concerns: what happens to an experiment, or what a task writes that
 * belongs to none, such as a command.
 *
 * @param anyone false, if nobody is told
 * @param workspaceId the workspace it happens in, or empty where the master does not know
 * @param named what the experiment's config says; empty for a task that belongs to no experiment
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

  /** Of a task that belongs to no experiment: who names what they want to hear of hears nothing. */
  static Concern ofTask(OptionalLong workspaceId) {
    return new Concern(true, workspaceId, Optional.empty());
  }

  boolean includes(Webhook webhook) {
    return anyone
        && isHere(webhook.workspaceId())
        && (webhook.mode() == WebhookMode.WORKSPACE
            || named.filter(subscription -> subscription.names(webhook)).isPresent());
  }

  /** Asked of every webhook with a trigger on a state, at every change to it. */
  private boolean isHere(OptionalLong webhooks) {
    return webhooks.isEmpty()
        || workspaceId.isPresent() && webhooks.getAsLong() == workspaceId.getAsLong();
  }
}
