package org.expmaster.webhook.match;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Ref;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.RegistrySnapshot;
import org.expmaster.webhook.registry.Snapshots;
import org.expmaster.webhook.registry.Trigger.StateChange;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.signing.WebhookSecrets;

/** Webhooks, experiments and what matches among them. */
final class Matching {
  static final long WORKSPACE = 3;
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Webhook EVERYWHERE = webhook(1, "", WebhookMode.WORKSPACE, 0);
  static final Webhook HERE = webhook(2, "", WebhookMode.WORKSPACE, WORKSPACE);
  static final Webhook ELSEWHERE = webhook(3, "", WebhookMode.WORKSPACE, WORKSPACE + 1);
  static final Webhook SPECIFIC = webhook(7, "mine", WebhookMode.SPECIFIC, 0);
  static final Webhook UNNAMED = webhook(8, "", WebhookMode.SPECIFIC, 0);

  private Matching() {}

  /** Returns the config of an experiment that has one field on webhooks. */
  static Map<String, Object> webhooks(String field, Object value) {
    return config(Map.of(field, value));
  }

  static Map<String, Object> config(Map<String, Object> webhooks) {
    return Map.of("integrations", Map.of("webhooks", webhooks));
  }

  static List<Webhook> matchCompleted(Map<String, Object> config, Webhook... registered) {
    return match(ExperimentState.COMPLETED, config, registered);
  }

  static List<Webhook> match(
      ExperimentState state, Map<String, Object> config, Webhook... registered) {
    RegistrySnapshot snapshot = Snapshots.of(registered);
    return new TriggerMatcher(() -> snapshot, new Complaints()).match(event(state, config));
  }

  static StateChanged event(ExperimentState state, Map<String, Object> config) {
    return new StateChanged(UUID.randomUUID(), NOW, experiment(state, config));
  }

  static Experiment experiment(ExperimentState state, Map<String, Object> config) {
    return new Experiment(
        1,
        "experiment",
        state,
        new Ref(1, "admin"),
        NOW,
        Optional.empty(),
        "default",
        1,
        new Ref(WORKSPACE, "workspace"),
        new Ref(1, "project"),
        config);
  }

  static Webhook webhook(long id, String name, WebhookMode mode, long workspaceId) {
    OptionalLong workspace = workspaceId == 0 ? OptionalLong.empty() : OptionalLong.of(workspaceId);
    return webhook(id, name, mode, workspace, ExperimentState.COMPLETED);
  }

  static Webhook webhook(
      long id, String name, WebhookMode mode, OptionalLong workspaceId, ExperimentState... states) {
    return new Webhook(
        id,
        1,
        name,
        Endpoint.at("http://receiver.example/hook"),
        PayloadForm.DEFAULT,
        mode,
        workspaceId,
        Arrays.stream(states).map(state -> new StoredTrigger(id, new StateChange(state))).toList(),
        WebhookSecrets.NONE);
  }
}
