package org.expmaster.webhook.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Caller;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What callers ask of the REST API again and again. */
final class RestCalls {
  static final String ALL = "/api/v1/webhooks";
  static final String ONE = ALL + "/{id}";

  private final RestFixture rest;

  RestCalls(RestFixture rest) {
    this.rest = rest;
  }

  ObjectNode create(Caller caller, String name, long workspaceId) throws Exception {
    return (ObjectNode)
        rest.call(caller, "POST " + ALL, Map.of(), webhook(name, workspaceId)).path("webhook");
  }

  /** Calls a route of one webhook. */
  JsonNode call(Caller caller, String route, String id) throws Exception {
    return rest.call(caller, route, Map.of("id", id), "");
  }

  JsonNode read(Caller caller, JsonNode webhook) throws Exception {
    return rest.call(caller, "GET " + ONE, Map.of("id", webhook.path("id").asString()), "")
        .path("webhook");
  }

  JsonNode patch(Caller caller, JsonNode webhook, String change) throws Exception {
    return rest.call(caller, "PATCH " + ONE, Map.of("id", webhook.path("id").asString()), change);
  }

  List<JsonNode> list(Caller caller) throws Exception {
    return List.copyOf(
        rest.call(caller, "GET " + ALL, Map.of(), "").path("webhooks").valueStream().toList());
  }

  static String id(JsonNode webhook) {
    return webhook.path("id").asString();
  }

  static String webhook(String name, long workspaceId) {
    return """
        {"name": "%s", "workspaceId": %d, "url": "https://receiver.example/s3cret",
         "webhookType": "WEBHOOK_TYPE_DEFAULT",
         "triggers": [{"triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
           "condition": {"state": "COMPLETED"}}]}
        """
        .formatted(name, workspaceId);
  }

  static ApiException assertRefused(Reason reason, Executable call) {
    ApiException refused = assertThrows(ApiException.class, call);
    assertEquals(reason, refused.reason(), refused.getMessage());
    return refused;
  }
}
