package org.expmaster.host.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How webhooks are created, listed and read. */
final class CreationConformanceIT extends ConformanceCase {
  @Test
  void postAnswersTheWebhookWithEveryField() {
    Map<String, Object> asked = subject.webhook(Map.of("name", Subject.name()));
    Api.Answer answer = subject.admin.post(ALL, asked);
    long id = subject.keep(answer);
    JsonNode webhook = answer.json().path("webhook");
    assertTrue(id > 0);
    assertEquals(asked.get("url"), webhook.path("url").textValue());
    assertEquals(asked.get("name"), webhook.path("name").textValue());
    assertEquals("WEBHOOK_TYPE_DEFAULT", webhook.path("webhookType").textValue());
    assertEquals("WEBHOOK_MODE_WORKSPACE", webhook.path("mode").textValue());
    assertTrue(webhook.path("workspaceId").isIntegralNumber(), "workspaceId is written, and 0");
    assertEquals(0, webhook.path("workspaceId").asLong());
    JsonNode trigger = webhook.at("/triggers/0");
    assertTrue(trigger.path("id").asLong() > 0);
    assertEquals(id, trigger.path("webhookId").asLong());
    assertEquals("TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE", trigger.path("triggerType").textValue());
    assertEquals("{\"state\":\"COMPLETED\"}", trigger.path("condition").toString());
  }

  @Test
  void getListsWhatWasMadeAndGetOfOneReadsIt() {
    Api.Answer created = subject.admin.post(ALL, subject.webhook(Map.of()));
    long id = subject.keep(created);
    JsonNode webhook = created.json().path("webhook");
    assertEquals(webhook, listed(subject.admin, id));
    assertEquals(webhook, subject.admin.get(ALL + "/" + id).ok().path("webhook"));
    assertEquals("", webhook.path("name").textValue(), "it is written where it is empty");
  }

  @Test
  void aBodyIsReadWithoutAContentTypeAndWithAnother() {
    String body = text(subject.webhook(Map.of()));
    HttpRequest.Builder bare = subject.admin.request("POST", ALL, body);
    assertTrue(bare.build().headers().firstValue("Content-Type").isEmpty());
    subject.keep(subject.admin.send(bare));
    HttpRequest.Builder odd = subject.admin.request("POST", ALL, body);
    subject.keep(subject.admin.send(odd.header("Content-Type", "text/plain")));
  }

  @Test
  void aWorkspaceThatIsNullMeansAllOfThem() {
    Map<String, Object> body = subject.webhook(Map.of());
    body.put("workspaceId", null);
    body.put("name", null);
    long id = subject.keep(subject.admin.post(ALL, body));
    assertEquals(0, listed(subject.other, id).path("workspaceId").asLong());
  }

  @Test
  void snakeCaseIsReadToo() {
    Map<String, Object> body = subject.webhook(Map.of("workspace_id", subject.workspace));
    body.put("webhook_type", body.remove("webhookType"));
    body.put(
        "triggers",
        List.of(
            Map.of(
                "trigger_type",
                "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition",
                Map.of("state", "ERROR"))));
    long id = subject.keep(subject.owner.post(ALL, body));
    assertEquals(subject.workspace, listed(subject.owner, id).path("workspaceId").asLong());
  }

  @Test
  void whatIsUnknownIsIgnored() {
    long id = subject.create(subject.admin, Map.of("id", 99_999, "color", List.of(1)));
    assertTrue(id != 99_999);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "no trigger                 | triggers    | []",
        "a relative URL             | url         | \"/hook\"",
        "another scheme             | url         | \"ftp://receiver.example/\"",
        "no URL                     | url         | \"\"",
        "an unknown type            | webhookType | \"WEBHOOK_TYPE_PIGEON\"",
        "no type                    | webhookType | null",
        "an unknown mode            | mode        | \"WEBHOOK_MODE_OTHER\"",
        "an unknown trigger         | triggers    | [{\"triggerType\":\"TRIGGER_TYPE_OTHER\"}]",
        "an unknown state           | triggers    |"
            + " [{\"triggerType\":\"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE\",\"condition\":{\"state\":\"BORED\"}}]",
        "no state                   | triggers    |"
            + " [{\"triggerType\":\"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE\"}]",
        "a log without a regex      | triggers    |"
            + " [{\"triggerType\":\"TRIGGER_TYPE_TASK_LOG\",\"condition\":{}}]",
        "a log with more            | triggers    |"
            + " [{\"triggerType\":\"TRIGGER_TYPE_TASK_LOG\",\"condition\":{\"regex\":\"x\",\"y\":1}}]",
        "a regex that is none       | triggers    |"
            + " [{\"triggerType\":\"TRIGGER_TYPE_TASK_LOG\",\"condition\":{\"regex\":\"(\"}}]",
        "an alert to all            | mode        | null"
      })
  void whatIsWrongIsInvalidAndNamed(String what, String field, String value) throws Exception {
    Map<String, Object> body = subject.webhook(Map.of());
    body.put(field, new ObjectMapper().readTree(value));
    if (what.equals("an alert to all")) {
      body.put("triggers", List.of(Map.of("triggerType", "TRIGGER_TYPE_CUSTOM")));
    }
    Api.Answer answer = subject.admin.post(ALL, body);
    assertError(400, 3, "InvalidArgument", answer);
    assertTrue(answer.error().startsWith(field), answer.error());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "[]", "{\"url\":"})
  void aBodyThatIsNoObjectIsInvalid(String body) {
    assertError(400, 3, "InvalidArgument", subject.admin.post(ALL, body));
  }

  @Test
  void aNameIsTakenOnceInEachWorkspace() {
    Map<String, Object> taken = Map.of("name", Subject.name(), "workspaceId", 1);
    subject.create(subject.admin, taken);
    Api.Answer again = subject.admin.post(ALL, subject.webhook(taken));
    assertError(400, 3, "InvalidArgument", again);
    assertTrue(again.error().startsWith("name"), again.error());
    subject.create(
        subject.owner, Map.of("name", taken.get("name"), "workspaceId", subject.workspace));
    // without a workspace a name may be shared, as in the original
    subject.create(subject.admin, Map.of("name", taken.get("name")));
    subject.create(subject.admin, Map.of("name", taken.get("name")));
    long free = subject.create(subject.admin, Map.of("workspaceId", 1));
    assertError(400, 3, "InvalidArgument", subject.admin.patch(ALL + "/" + free, taken));
  }

  private static String text(Map<String, Object> body) {
    return new ObjectMapper().valueToTree(body).toString();
  }
}
