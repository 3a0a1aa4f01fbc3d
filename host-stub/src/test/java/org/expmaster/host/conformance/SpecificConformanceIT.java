package org.expmaster.host.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.Test;

/** Logs and alerts of experiments that name webhooks, as Determined's end-to-end tests see them. */
final class SpecificConformanceIT extends ConformanceCase {
  private static final Map<String, Object> ON_A_LINE =
      Map.of("triggerType", "TRIGGER_TYPE_TASK_LOG", "condition", Map.of("regex", "exit.*code.*7"));
  private static final String LINE = "executing {'action': 'exit', 'code': 7}";

  @Test
  void aLineIsToldToAllAndOfTheSpecificOnesToTheNamedOneOfItsWorkspace() {
    long slack = create(Map.of("webhookType", "WEBHOOK_TYPE_SLACK"));
    long all = create(Map.of());
    long named = create(specific("named", subject.workspace));
    long unnamed = create(specific("unnamed", subject.workspace));
    long elsewhere = create(specific("named", 1));
    long experiment = subject.experiment(0, naming("named"));
    subject.log(subject.taskOf(experiment), "executing {'action': 'sleep'}");
    assertFalse(subject.isTold(all, experiment));
    subject.log(subject.taskOf(experiment), LINE);
    assertTrue(subject.isTold(slack, experiment));
    assertTrue(subject.isTold(all, experiment));
    assertTrue(subject.isTold(named, experiment));
    assertFalse(subject.isTold(unnamed, experiment));
    assertFalse(subject.isTold(elsewhere, experiment));
  }

  @Test
  void aLineAfterAnEditGoesToTheNewUrlAloneWhateverTheTypeIs() {
    String old = "/" + Subject.name();
    String now = "/" + Subject.name();
    for (String type : List.of("WEBHOOK_TYPE_SLACK", "WEBHOOK_TYPE_DEFAULT")) {
      String url = subject.receiver.url(old).toString();
      long id = create(Map.of("webhookType", type, "url", url));
      Map<String, String> edit = Map.of("url", subject.receiver.url(now).toString());
      subject.admin.patch(ALL + "/" + id, edit).ok();
    }
    subject.log(subject.taskOf(subject.experiment(0, "")), LINE);
    Wait.until("both have it", Subject.SOON, () -> requests(now) == 2);
    assertEquals(0, requests(old));
  }

  @Test
  void ofTwoExperimentsThatSendAnAlertTheOneThatNamesTheWebhookIsTold() {
    Map<String, Object> custom = specific("alerts", subject.workspace);
    custom.put("triggers", List.of(Map.of("triggerType", "TRIGGER_TYPE_CUSTOM")));
    long webhook = subject.create(subject.owner, custom);
    long naming = subject.experiment(0, naming("alerts"));
    long control = subject.experiment(0, naming("abc"));
    for (long experiment : new long[] {naming, control}) {
      Map<String, Object> alert =
          Map.of(
              "data",
              Map.of("title", "end of main", "description", "", "level", "LOG_LEVEL_DEBUG"),
              "experimentId",
              experiment);
      assertEquals("{}", subject.owner.post(ALL + "/custom", alert).ok().toString());
    }
    assertEquals(1, subject.timesTold(webhook, naming));
    assertEquals(0, subject.timesTold(webhook, control));
  }

  private static long create(Map<String, Object> otherwise) {
    Map<String, Object> webhook = new HashMap<>(otherwise);
    webhook.put("triggers", List.of(ON_A_LINE));
    return subject.create(subject.admin, webhook);
  }

  private static Map<String, Object> specific(String name, long workspace) {
    return new HashMap<>(
        Map.of("mode", "WEBHOOK_MODE_SPECIFIC", "name", name, "workspaceId", workspace));
  }

  private static String naming(String name) {
    return "integrations: {webhooks: {webhook_name: [" + name + "]}}\n";
  }

  private static long requests(String path) {
    return subject.receiver.received().stream()
        .filter(request -> request.path().equals(path))
        .count();
  }
}
