package org.expmaster.webhook.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.WebhookType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Renders chat messages, with and without a base URL. */
final class ChatFixture {
  static final Payloads PLAIN = new Payloads(1, Optional.empty());
  static final Payloads LINKED =
      new Payloads(1, Optional.of(URI.create("https://det.example/master")));
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Has the longest base URL that may be set. */
  private static final Payloads FAR =
      new Payloads(1, Optional.of(URI.create("https://det.example/" + "a".repeat(480))));

  private ChatFixture() {}

  static JsonNode read(Payload payload) {
    try {
      return JSON.readTree(payload.body());
    } catch (JacksonException malformed) {
      throw new IllegalStateException(new String(payload.body(), UTF_8), malformed);
    }
  }

  static JsonNode render(Payloads payloads, WebhookType type, WebhookEvent event) {
    return read(payloads.render(new PayloadForm(type, 0, ""), event));
  }

  static JsonNode worded(WebhookType type, String template, WebhookEvent event) {
    return read(LINKED.render(new PayloadForm(type, 0, template), event));
  }

  /** Renders all hostile events: with and without links, with and without templates. */
  static Stream<Payload> hostile(WebhookType type) {
    List<String> templates =
        List.of(
            "",
            "{{experiment.name}} {{workspace.name}} {{{project.name}}} {{&experiment.name}}"
                + " {{log.line}} {{alert.title}} {{metric.name}} {{url}}",
            "{{experiment.name}}".repeat(100) + "{{log.line}}".repeat(10));
    return Hostile.events()
        .flatMap(
            event ->
                Stream.of(PLAIN, LINKED, FAR)
                    .flatMap(
                        payloads ->
                            templates.stream()
                                .map(
                                    template ->
                                        payloads.render(
                                            new PayloadForm(type, 0, template), event))));
  }

  /** Returns all text values of a document. */
  static Stream<String> texts(JsonNode node) {
    Stream<String> own = node.isString() ? Stream.of(node.stringValue()) : Stream.empty();
    Stream.Builder<JsonNode> children = Stream.builder();
    node.forEach(children);
    return Stream.concat(own, children.build().flatMap(ChatFixture::texts));
  }
}
