package org.expmaster.host.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route of the REST API, called as Determined's clients call it. */
final class WebhookConformanceIT {
  private static final String ALL = "/api/v1/webhooks";
  private static final String CONFIG = "/api/v1/master/config";

  @TempDir private static Path directory;
  private static Subject subject;

  @BeforeAll
  static void open() throws Exception {
    subject = Subject.open(directory);
  }

  @AfterEach
  void deleteAll() {
    subject.deleteAll();
  }

  @AfterAll
  static void close() throws Exception {
    subject.close();
  }

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

  @Test
  void patchChangesTheUrlAsDeterminedsClientAsks() {
    long id = subject.create(subject.admin, Map.of());
    JsonNode before = listed(subject.admin, id);
    Api.Answer answer = subject.admin.patch(ALL + "/" + id, Map.of("url", "http://127.0.0.1:9/x"));
    assertEquals("{}", answer.ok().toString());
    JsonNode after = listed(subject.admin, id);
    assertEquals("http://127.0.0.1:9/x", after.path("url").textValue());
    assertEquals(before.path("triggers"), after.path("triggers"));
    assertEquals(before.path("name"), after.path("name"));
  }

  @Test
  void patchChangesEveryOtherFieldAndOnlyWhatIsWritten() {
    long id = subject.create(subject.admin, Map.of());
    String name = Subject.name();
    Map<String, Object> changes = new HashMap<>();
    changes.put("name", name);
    changes.put("workspaceId", subject.workspace);
    changes.put("mode", "WEBHOOK_MODE_SPECIFIC");
    changes.put("webhookType", "WEBHOOK_TYPE_SLACK");
    changes.put("template", "{{user}}: {{experiment.name}}");
    changes.forEach(
        (field, value) -> {
          String url = listed(subject.admin, id).path("url").textValue();
          if (!field.equals("template")) {
            subject.admin.patch(ALL + "/" + id, Map.of(field, value)).ok();
            assertEquals(url, listed(subject.admin, id).path("url").textValue());
          }
        });
    subject.admin.patch(ALL + "/" + id, Map.of("template", changes.get("template"))).ok();
    changes.forEach(
        (field, value) ->
            assertEquals("" + value, listed(subject.admin, id).path(field).asText(), field));
  }

  @Test
  void whatWaitsFollowsTheNewUrl() {
    String old = "/" + Subject.name();
    subject.receiver.answer(
        request -> WebhookReceiver.Answer.status(request.path().equals(old) ? 500 : 200));
    long id = subject.create(subject.admin, Map.of("url", subject.receiver.url(old).toString()));
    long experiment = subject.experiment(0, "");
    String path = "/" + Subject.name();
    String url = subject.receiver.url(path).toString();
    subject.admin.patch(ALL + "/" + id, Map.of("url", url)).ok();
    Wait.until(
        "it arrives at the new URL",
        Subject.SOON,
        () ->
            subject.receiver.received().stream()
                .anyMatch(
                    received ->
                        received.path().equals(path)
                            && received.text().contains("\"id\":" + experiment + ",")));
  }

  @Test
  void whoEditsWhatHasChangedSinceTheyReadItIsTold() {
    long id = subject.create(subject.admin, Map.of());
    String one = ALL + "/" + id;
    String seen = subject.admin.get(one).http().headers().firstValue("ETag").orElseThrow();
    assertEquals(200, ifMatch("PATCH", one, "{\"name\":\"\"}", seen).status());
    Api.Answer late = ifMatch("PATCH", one, "{\"name\":\"lost\"}", seen);
    assertEquals(412, late.status());
    assertEquals("Aborted", late.json().at("/error/reason").textValue());
    assertEquals(412, ifMatch("DELETE", one, "", seen).status());
    assertEquals("", listed(subject.admin, id).path("name").textValue());
    String now = subject.admin.get(one).http().headers().firstValue("ETag").orElseThrow();
    assertEquals("\"" + listed(subject.admin, id).path("version").asText() + "\"", now);
    assertEquals(200, ifMatch("DELETE", one, "", now).status());
  }

  @Test
  void deleteAnswersNothingAndTheWebhookIsGone() {
    long id = subject.create(subject.admin, Map.of());
    assertEquals("{}", subject.admin.delete(ALL + "/" + id).ok().toString());
    assertTrue(listed(subject.admin, id).isMissingNode());
    assertError(404, 5, "NotFound", subject.admin.delete(ALL + "/" + id));
  }

  @Test
  void aTestIsCompletedOnceItsReceiverHasIt() {
    String path = "/" + Subject.name();
    String url = subject.receiver.url(path).toString();
    long id = subject.create(subject.admin, Map.of("url", url));
    Api.Answer answer = subject.admin.post(ALL + "/" + id + "/test", "");
    assertTrue(answer.ok().get("completed").asBoolean(), "beside whatever else it says");
    assertTrue(
        subject.receiver.received().stream().anyMatch(received -> received.path().equals(path)));
  }

  @Test
  void theKeyIsInTheConfigWhereBothVersionsHaveItAndForAdminsAlone() {
    JsonNode config = subject.admin.get(CONFIG).ok().path("config");
    String key = config.at("/security/webhook_signing_key").textValue();
    assertFalse(key.isEmpty());
    assertEquals(key, config.at("/webhooks/signing_key").textValue());
    assertTrue(config.at("/webhooks/base_url").isTextual());
    assertError(403, 7, "PermissionDenied", subject.other.get(CONFIG));
    assertError(401, 16, "Unauthenticated", subject.nobody.get(CONFIG));
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
    Map<String, Object> taken = Map.of("name", Subject.name());
    subject.create(subject.admin, taken);
    Api.Answer again = subject.admin.post(ALL, subject.webhook(taken));
    assertError(400, 3, "InvalidArgument", again);
    assertTrue(again.error().startsWith("name"), again.error());
    subject.create(
        subject.owner, Map.of("name", taken.get("name"), "workspaceId", subject.workspace));
    long free = subject.create(subject.admin, Map.of());
    assertError(400, 3, "InvalidArgument", subject.admin.patch(ALL + "/" + free, taken));
  }

  @Test
  void permissionIsCheckedBeforeWhatIsWrong() {
    assertError(403, 7, "PermissionDenied", subject.other.post(ALL, "{\"url\":1}"));
    assertError(
        403,
        7,
        "PermissionDenied",
        subject.other.post(ALL, "{\"url\":1,\"workspaceId\":" + subject.workspace + "}"));
    assertError(401, 16, "Unauthenticated", subject.nobody.post(ALL, "{\"url\":1}"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, ''",
    "PATCH, ''",
    "DELETE, ''",
    "POST, /test",
    "POST, /enable",
    "POST, /disable",
    "POST, /redeliver",
    "GET, /deliveries",
    "GET, /deliveries/1",
    "POST, /deliveries/1/redeliver"
  })
  void nobodyLearnsOfAWebhookTheyMayNotSeeNotEvenThatItsIdExists(String method, String rest) {
    long owned = subject.create(subject.owner, Map.of("workspaceId", subject.workspace));
    long gone = subject.create(subject.admin, Map.of());
    subject.admin.delete(ALL + "/" + gone).ok();
    Api.Answer hidden = call(subject.other, method, owned, rest);
    Api.Answer missing = call(subject.other, method, gone, rest);
    assertError(404, 5, "NotFound", hidden);
    assertError(404, 5, "NotFound", missing);
    assertEquals(
        missing.error().replace("" + gone, "ID"), hidden.error().replace("" + owned, "ID"));
    assertError(404, 5, "NotFound", call(subject.admin, method, gone, rest));
    assertError(401, 16, "Unauthenticated", call(subject.nobody, method, owned, rest));
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, ''",
    "DELETE, ''",
    "POST, /test",
    "POST, /enable",
    "POST, /disable",
    "POST, /redeliver",
    "GET, /deliveries"
  })
  void everyoneSeesOneOfAllWorkspacesAndAdminsAloneEditIt(String method, String rest) {
    long all = subject.create(subject.admin, Map.of());
    assertEquals(all, listed(subject.other, all).path("id").asLong());
    assertError(403, 7, "PermissionDenied", call(subject.other, method, all, rest));
    assertEquals(200, call(subject.admin, method, all, rest).status());
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "PATCH, ''", "POST, /test", "GET, /deliveries", "DELETE, ''"})
  void aWorkspacesOwnerDoesInItWhatAnAdminMay(String method, String rest) {
    long owned = subject.create(subject.owner, Map.of("workspaceId", subject.workspace));
    assertEquals(owned, listed(subject.owner, owned).path("id").asLong());
    assertEquals(owned, listed(subject.admin, owned).path("id").asLong());
    assertTrue(listed(subject.other, owned).isMissingNode());
    assertEquals(200, call(subject.owner, method, owned, rest).status());
  }

  @Test
  void nobodyMovesAWebhookToWhereTheyMayNot() {
    long owned = subject.create(subject.owner, Map.of("workspaceId", subject.workspace));
    assertError(
        403,
        7,
        "PermissionDenied",
        subject.owner.patch(ALL + "/" + owned, Map.of("workspaceId", 0)));
  }

  @Test
  void anUnknownRouteAndAnUnknownIdAreNotFound() {
    for (String path : new String[] {"/1/2/3", "/nonsense", "/0", "/-1", "/99999999999999999999"}) {
      assertError(404, 5, "NotFound", subject.admin.get(ALL + path));
    }
  }

  private static Api.Answer call(Api who, String method, long id, String rest) {
    String body = method.equals("PATCH") ? "{}" : "";
    return who.send(who.request(method, ALL + "/" + id + rest, body));
  }

  private static Api.Answer ifMatch(String method, String path, String body, String tag) {
    return subject.admin.send(subject.admin.request(method, path, body).header("If-Match", tag));
  }

  private static JsonNode listed(Api who, long id) {
    List<JsonNode> found = new ArrayList<>();
    who.get(ALL)
        .ok()
        .path("webhooks")
        .forEach(
            webhook -> {
              if (webhook.path("id").asLong() == id) {
                found.add(webhook);
              }
            });
    return found.isEmpty() ? MissingNode.getInstance() : found.get(0);
  }

  private static void assertError(int status, int code, String reason, Api.Answer answer) {
    assertEquals(status, answer.status(), answer.http().body());
    JsonNode error = answer.json().path("error");
    assertEquals(code, error.path("code").asInt());
    assertEquals(reason, error.path("reason").textValue());
    assertFalse(error.path("error").textValue().isBlank());
  }

  private static String text(Map<String, Object> body) {
    return new ObjectMapper().valueToTree(body).toString();
  }
}
