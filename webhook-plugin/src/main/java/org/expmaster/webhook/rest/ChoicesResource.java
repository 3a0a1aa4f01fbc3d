package org.expmaster.webhook.rest;

import java.util.stream.Stream;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.payload.MessageTemplate;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.Comparison;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.WebhookType;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The single list of the values that a webhook's fields can have, for forms. */
public final class ChoicesResource {
  private final Response choices;

  /**
   * @param payloads gives the content type of each webhook type
   * @param maxTriggers maximum number of triggers per webhook
   */
  public ChoicesResource(Payloads payloads, int maxTriggers) {
    ObjectNode all = Json.empty();
    ArrayNode types = all.putArray("types");
    for (WebhookType type : WebhookType.values()) {
      types
          .addObject()
          .put("format", type.name())
          .put("webhookType", WebhookJson.wireType(type))
          .put("name", type.title())
          .put("description", type.description())
          .put("contentType", payloads.contentType(new PayloadForm(type, 0, "")))
          .put("takesTemplate", type.isMessage())
          .put("takesPayloadVersion", type == WebhookType.DEFAULT);
    }
    all.put("newestPayloadVersion", Payloads.NEWEST_VERSION);
    put(all, "triggerTypes", WebhookJson.TRIGGER_TYPES.stream());
    put(all, "states", states().map(Enum::name));
    put(all, "finalStates", states().filter(ExperimentState::isFinal).map(Enum::name));
    put(all, "operators", Comparison.signs().stream());
    put(all, "placeholders", Payloads.placeholders().stream());
    all.putObject("limits")
        .put("name", RequestedWebhook.MAX_NAME)
        .put("url", WrittenUrl.MAX_LENGTH)
        .put("headers", RequestedHeaders.MOST)
        .put("template", MessageTemplate.LONGEST)
        .put("regex", RequestedTrigger.MAX_REGEX)
        .put("metric", RequestedTrigger.MAX_METRIC)
        .put("triggers", maxTriggers);
    choices = Json.response(all);
  }

  Response choices(Request request) {
    return choices;
  }

  private static Stream<ExperimentState> states() {
    return Stream.of(ExperimentState.values());
  }

  private static void put(ObjectNode node, String name, Stream<String> texts) {
    texts.forEach(node.putArray(name)::add);
  }
}
