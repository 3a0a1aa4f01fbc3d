package org.expmaster.webhook.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Ref;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.registry.Comparison;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.signing.WebhookSecrets;

/** Values for tests that need some but do not depend on them. */
public final class Fixtures {
  private Fixtures() {}

  /** Returns the same draft for one workspace, in which names are unique. */
  public static WebhookDraft draft(String name, long workspaceId) {
    WebhookDraft draft = draft(name);
    return new WebhookDraft(
        name,
        draft.endpoint(),
        draft.form(),
        draft.mode(),
        OptionalLong.of(workspaceId),
        draft.triggers());
  }

  /** Returns a webhook for all workspaces that fires on COMPLETED. */
  public static WebhookDraft draft(String name) {
    return new WebhookDraft(
        name,
        Endpoint.at("http://receiver.example/hook"),
        PayloadForm.DEFAULT,
        WebhookMode.WORKSPACE,
        OptionalLong.empty(),
        List.of(new Trigger.StateChange(ExperimentState.COMPLETED)));
  }

  /** Returns a trigger of each kind; fails if a kind has been added and is missing here. */
  public static List<Trigger> oneTriggerOfEachKind() {
    List<Trigger> all =
        List.of(
            new Trigger.StateChange(ExperimentState.ERROR),
            new Trigger.TaskLog("CUDA (error|fault)"),
            new Trigger.Custom(),
            new Trigger.MetricThreshold("validation loss", Comparison.BELOW, 1e-7));
    if (!all.stream()
        .map(Trigger::getClass)
        .collect(Collectors.toSet())
        .equals(Set.of(Trigger.class.getPermittedSubclasses()))) {
      throw new AssertionError("a kind of trigger is missing");
    }
    return all;
  }

  /** Inserts identical webhooks with SQL, which is fast; registries must be opened anew. */
  public static void fill(Database database, int count) {
    database
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  """
                  INSERT INTO webhooks_webhook
                    (name, url, type, mode, workspace_id, created_by, created_at)
                  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                  SELECT '', 'http://receiver.example', 'DEFAULT', 'WORKSPACE', 0, 1, 0 FROM n
                  """,
                  count);
              handle.execute(
                  """
                  INSERT INTO webhooks_trigger (webhook_id, type, condition)
                  SELECT id, 'EXPERIMENT_STATE_CHANGE', 'COMPLETED' FROM webhooks_webhook
                  """);
            });
  }

  /** Returns a webhook for all workspaces as it is stored, with no name. */
  public static Webhook webhook(long id, WebhookMode mode, List<StoredTrigger> triggers) {
    return new Webhook(
        id,
        1,
        "",
        Endpoint.at("http://receiver.example"),
        PayloadForm.DEFAULT,
        mode,
        OptionalLong.empty(),
        triggers,
        WebhookSecrets.NONE);
  }

  /** Returns an experiment that ran for an hour. */
  public static Experiment experiment(long id, ExperimentState state) {
    Instant end = Instant.parse("2026-03-01T12:00:00Z");
    return new Experiment(
        id,
        "experiment " + id,
        state,
        new Ref(1, "admin"),
        end.minus(Duration.ofHours(1)),
        Optional.of(end),
        "default",
        4,
        new Ref(1, "Uncategorized"),
        new Ref(1, "Uncategorized"),
        Map.of());
  }
}
