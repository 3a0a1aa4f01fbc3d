package org.expmaster.host.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.junit.jupiter.api.Test;

/** What is done to a webhook that exists: edits, a test, its deletion. */
final class EditConformanceIT extends ConformanceCase {
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

  private static Api.Answer ifMatch(String method, String path, String body, String tag) {
    return subject.admin.send(subject.admin.request(method, path, body).header("If-Match", tag));
  }
}
