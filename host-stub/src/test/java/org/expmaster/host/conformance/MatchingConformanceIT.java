package org.expmaster.host.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which webhooks an experiment triggers. */
final class MatchingConformanceIT extends ConformanceCase {
  private static final Map<String, String> SPECIFIC = Map.of("mode", "WEBHOOK_MODE_SPECIFIC");

  private static final String CUSTOM = "/api/v1/webhooks/custom";

  @Test
  void aStateChangeFiresOnTheStateThatEqualsItsCondition() {
    long completed = onState("COMPLETED");
    long error = onState("ERROR");
    long succeeded = subject.experiment(0, "");
    long failed = subject.experiment(1, "");
    assertEquals(
        List.of(true, false, false, true),
        List.of(
            subject.isTold(completed, succeeded),
            subject.isTold(completed, failed),
            subject.isTold(error, succeeded),
            subject.isTold(error, failed)));
  }

  @Test
  void everyStateOnTheWayMayBeACondition() {
    long running = onState("RUNNING");
    assertTrue(subject.isTold(running, subject.experiment(0, "")));
  }

  @Test
  void aWebhookOfAllWorkspacesOrOfTheExperimentsOwnIsToldAndOneOfAnotherIsNot() {
    long all = subject.create(subject.admin, Map.of("workspaceId", 0));
    long own = subject.create(subject.owner, Map.of("workspaceId", subject.workspace));
    String name = Subject.name();
    long elsewhere =
        subject
            .other
            .post("/api/v1/workspaces", Map.of("name", name))
            .ok()
            .at("/workspace/id")
            .asLong();
    long another = subject.create(subject.other, Map.of("workspaceId", elsewhere));
    long experiment = subject.experiment(0, "");
    assertTrue(subject.isTold(all, experiment));
    assertTrue(subject.isTold(own, experiment));
    assertFalse(subject.isTold(another, experiment));
  }

  @Test
  void aSpecificOneIsToldOnlyIfItsIdIsNamed() {
    long webhook = subject.create(subject.admin, SPECIFIC);
    assertFalse(subject.isTold(webhook, subject.experiment(0, "")));
    assertFalse(subject.isTold(webhook, subject.experiment(0, naming("webhook_id: [0]"))));
    assertTrue(
        subject.isTold(webhook, subject.experiment(0, naming("webhook_id: [" + webhook + "]"))));
  }

  @Test
  void aSpecificOneIsToldOnlyIfItsNameIsNamed() {
    String name = Subject.name();
    long webhook =
        subject.create(subject.admin, Map.of("mode", "WEBHOOK_MODE_SPECIFIC", "name", name));
    assertFalse(
        subject.isTold(webhook, subject.experiment(0, naming("webhook_name: [" + name + "x]"))));
    assertTrue(
        subject.isTold(webhook, subject.experiment(0, naming("webhook_name: [x, " + name + "]"))));
  }

  @Test
  void aSpecificOneOfAnotherWorkspaceIsNotToldHoweverItIsNamed() {
    String path = "/api/v1/workspaces";
    long elsewhere =
        subject.other.post(path, Map.of("name", Subject.name())).ok().at("/workspace/id").asLong();
    long webhook =
        subject.create(
            subject.other, Map.of("mode", "WEBHOOK_MODE_SPECIFIC", "workspaceId", elsewhere));
    assertFalse(
        subject.isTold(webhook, subject.experiment(0, naming("webhook_id: [" + webhook + "]"))));
  }

  @Test
  void whoExcludesWebhooksIsLeftAloneByAllEvenThoseTheyName() {
    long all = subject.create(subject.admin, Map.of());
    long specific = subject.create(subject.admin, SPECIFIC);
    long experiment =
        subject.experiment(0, naming("exclude: true, webhook_id: [" + specific + "]"));
    assertFalse(subject.isTold(all, experiment));
    assertFalse(subject.isTold(specific, experiment));
    assertTrue(subject.isTold(all, subject.experiment(0, naming("exclude: false"))));
  }

  @Test
  void anAlertNeedsALoginAndIsToldToWhatItsExperimentNames() {
    Map<String, Object> custom =
        Map.of(
            "mode",
            "WEBHOOK_MODE_SPECIFIC",
            "triggers",
            List.of(Map.of("triggerType", "TRIGGER_TYPE_CUSTOM")));
    long named = subject.create(subject.admin, custom);
    long unnamed = subject.create(subject.admin, custom);
    long experiment = subject.experiment(0, naming("webhook_id: [" + named + "]"));
    assertFalse(subject.isTold(named, experiment), "its end is no alert");
    Map<String, Object> alert =
        Map.of(
            "data",
            Map.of("title", "a title", "description", "what happened", "level", "WARNING"),
            "experimentId",
            experiment);
    assertEquals(401, subject.nobody.post(CUSTOM, alert).status());
    assertEquals("{}", subject.owner.post(CUSTOM, alert).ok().toString());
    assertTrue(subject.isTold(named, experiment));
    assertFalse(subject.isTold(unnamed, experiment));
    Map<String, Object> ofNone = new HashMap<>(alert);
    ofNone.put("experimentId", 999_999_999);
    assertEquals(404, subject.owner.post(CUSTOM, ofNone).status());
  }

  @Test
  void aLogFiresOnceATaskAndNotOnThePrintedConfig() {
    long webhook =
        subject.create(
            subject.admin,
            Map.of(
                "triggers",
                List.of(
                    Map.of(
                        "triggerType",
                        "TRIGGER_TYPE_TASK_LOG",
                        "condition",
                        Map.of("regex", "out of (memory|luck)")))));
    long experiment = subject.experiment(0, "");
    String task = subject.taskOf(experiment);
    subject.log(task, "all is well");
    subject.log(task, "{\"log_policies\": [{\"pattern\": \"out of memory\"}]}");
    assertEquals(0, subject.timesTold(webhook, experiment));
    subject.log(task, "we are out of memory");
    subject.log(task, "we are out of luck");
    assertEquals(1, subject.timesTold(webhook, experiment));
  }

  @Test
  void aThresholdFiresOnceATrialWhenItIsFirstCrossed() {
    long webhook =
        subject.create(
            subject.admin,
            Map.of(
                "triggers",
                List.of(
                    Map.of(
                        "triggerType",
                        "TRIGGER_TYPE_METRIC_THRESHOLD_EXCEEDED",
                        "condition",
                        Map.of("metric", "loss", "operator", "<", "value", 0.5)))));
    long experiment = subject.experiment(0, "");
    subject.metric(experiment, "loss", 0.5);
    subject.metric(experiment, "accuracy", 0.1);
    assertEquals(0, subject.timesTold(webhook, experiment));
    subject.metric(experiment, "loss", 0.25);
    subject.metric(experiment, "loss", 0.75);
    subject.metric(experiment, "loss", 0.25);
    assertEquals(1, subject.timesTold(webhook, experiment));
  }

  private long onState(String state) {
    return subject.create(subject.admin, Map.of("triggers", List.of(Subject.stateChange(state))));
  }

  private static String naming(String webhooks) {
    return "integrations: {webhooks: {" + webhooks + "}}\n";
  }
}
