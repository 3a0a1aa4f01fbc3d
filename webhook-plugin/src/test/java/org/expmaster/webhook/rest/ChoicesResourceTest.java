package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.WebhookType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Checks that REST accepts exactly the choices that it offers to forms. */
class ChoicesResourceTest {
  private final JsonNode choices = choices();

  private static JsonNode choices() {
    ChoicesResource resource = new ChoicesResource(new Payloads(1, Optional.empty()), 7);
    return new ObjectMapper().readTree(resource.choices(null).body());
  }

  @Test
  void everyTypeIsThereAndSaysWhatGoesWithIt() {
    List<String> types = new ArrayList<>();
    for (JsonNode type : choices.get("types")) {
      types.add(type.get("format").stringValue());
      assertFalse(type.get("name").stringValue().isBlank());
      assertFalse(type.get("description").stringValue().isBlank());
      assertTrue(type.get("contentType").stringValue().startsWith("application/"));
      assertRefusedExactlyWhereItSays(type);
    }
    assertEquals(WebhookType.values().length, types.size());
    assertEquals("DEFAULT", types.get(0), "what a form begins with");
  }

  private static void assertRefusedExactlyWhereItSays(JsonNode type) {
    assertEquals(type.get("takesTemplate").booleanValue(), takes(type, "\"template\":\"x\""));
    assertEquals(
        type.get("takesPayloadVersion").booleanValue(), takes(type, "\"payloadVersion\":1"));
  }

  private static boolean takes(JsonNode type, String field) {
    String webhook =
        """
        {"url":"http://receiver.example/","format":%s,%s,"triggers":[
          {"triggerType":"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE","condition":{"state":"ERROR"}}]}"""
            .formatted(type.get("format"), field);
    try {
      new RequestedWebhook(Json.object(webhook.getBytes(UTF_8), "it")).check();
      return true;
    } catch (ApiException refused) {
      return false;
    }
  }

  @Test
  void theLimitsAreThere() {
    assertEquals(250, choices.at("/limits/name").intValue());
    assertEquals(10, choices.at("/limits/headers").intValue());
    assertEquals(2_000, choices.at("/limits/template").intValue());
    assertEquals(7, choices.at("/limits/triggers").intValue());
    assertEquals("[\">=\",\">\",\"<=\",\"<\"]", choices.get("operators").toString());
    assertTrue(choices.get("placeholders").toString().contains("\"experiment.name\""));
    assertEquals(3, choices.get("finalStates").size());
    assertEquals(4, choices.get("triggerTypes").size());
  }
}
