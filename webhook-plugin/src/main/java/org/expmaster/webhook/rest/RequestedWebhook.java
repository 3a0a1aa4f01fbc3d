package org.expmaster.webhook.rest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.payload.MessageTemplate;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.registry.WebhookType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A webhook as a client requests it. The workspace can be read before the rest is checked, since
 * permission is checked first. Every invalid field causes an {@link ApiException} that names it.
 */
final class RequestedWebhook {
  static final int MAX_NAME = 250;

  private final Fields fields;

  private final RequestedEndpoint endpoint;

  RequestedWebhook(ObjectNode document) {
    this.fields = new Fields("", document);
    this.endpoint = new RequestedEndpoint(fields, Optional.empty(), false);
  }

  private RequestedWebhook(RequestedEndpoint endpoint) {
    this.fields = endpoint.fields();
    this.endpoint = endpoint;
  }

  /**
   * Creates an edit; fields that are absent or null keep their values.
   *
   * @param kept the webhook before the edit
   */
  static RequestedWebhook edit(Webhook kept, ObjectNode changes) {
    ObjectNode webhook = WebhookJson.of(kept, Health.WELL);
    Fields asked = new Fields("", changes);
    Fields edited = asked.over(webhook);
    if (asked.has("format") && !asked.has("webhookType")) {
      edited.node().remove("webhookType");
    } else if (changesType(asked, new Fields("", webhook))) {
      edited.node().remove("format");
    }
    return new RequestedWebhook(
        new RequestedEndpoint(edited, Optional.of(kept.endpoint()), !asked.has("url")));
  }

  /**
   * Returns whether an edit asks for another type without naming a format. A client that knows no
   * formats writes back the webhookType that it has read, and must not lose the format by that.
   */
  private static boolean changesType(Fields changes, Fields webhook) {
    Optional<String> asked = changes.enumName("webhookType", WireEnum.WEBHOOK_TYPE);
    return !changes.has("format")
        && asked.isPresent()
        && !asked.equals(webhook.text("webhookType"));
  }

  /** Returns the workspace; empty (0, null or absent) means all workspaces. */
  OptionalLong workspaceId() {
    long id = fields.integer("workspaceId").orElse(0L);
    if (id < 0) {
      throw ApiException.invalid("workspaceId is " + id + ", and must not be negative");
    }
    return id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
  }

  WebhookDraft check() {
    WebhookMode mode = mode();
    return new WebhookDraft(name(), endpoint.check(), form(), mode, workspaceId(), triggers(mode));
  }

  /** Returns the first trigger, if any, which a preview shows. */
  Optional<Trigger> firstTrigger() {
    List<JsonNode> nodes = fields.list("triggers");
    return nodes.isEmpty() ? Optional.empty() : Optional.of(trigger(nodes, 0, mode()));
  }

  /** Checks the number of triggers, before {@link #check} spends work on each. */
  void requireTriggersAtMost(int most, String setting) {
    int count = fields.list("triggers").size();
    if (count > most) {
      throw ApiException.invalid(
          "triggers has " + count + " entries, and may have " + most + ", as " + setting + " says");
    }
  }

  private String name() {
    String name = fields.text("name").orElse("");
    if (name.length() > MAX_NAME) {
      throw ApiException.invalid(
          "name has " + name.length() + " characters, and may have " + MAX_NAME);
    }
    refuseUnstorable("name", name);
    return name;
  }

  static void refuseUnstorable(String field, String text) {
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw ApiException.invalid(field + " holds a NUL or half a character");
    }
  }

  PayloadForm form() {
    WebhookType type = type();
    long version = fields.integer("payloadVersion").orElse(0L);
    if (version < 0 || version > Payloads.NEWEST_VERSION) {
      throw ApiException.invalid(
          "payloadVersion is "
              + version
              + ", and must be 0 (the master's) to "
              + Payloads.NEWEST_VERSION);
    }
    if (version != 0 && type != WebhookType.DEFAULT) {
      throw ApiException.invalid(
          "payloadVersion is "
              + version
              + ", and must be 0 where format is not "
              + WebhookType.DEFAULT);
    }
    return new PayloadForm(type, (int) version, template(type));
  }

  /** Returns the type that format and webhookType name, each of which may be absent. */
  private WebhookType type() {
    Optional<WebhookType> asked =
        fields.constant(
            "webhookType", WireEnum.WEBHOOK_TYPE, WebhookJson.TYPE_PREFIX, WebhookType.class);
    if (!fields.has("format")) {
      return asked.orElseThrow(() -> ApiException.invalid("webhookType is missing"));
    }
    WebhookType format = fields.constant("format", WebhookType.class);
    boolean agree =
        asked.isEmpty()
            || asked.get() == format
            || WebhookJson.wireType(format).equals(WebhookJson.TYPE_PREFIX + asked.get());
    if (!agree) {
      throw ApiException.invalid(
          "webhookType is "
              + WebhookJson.TYPE_PREFIX
              + asked.get()
              + ", which does not go with format "
              + format
              + "; leave one of them out");
    }
    return format;
  }

  private String template(WebhookType type) {
    String template = fields.text("template").orElse("");
    if (template.isEmpty()) {
      return template;
    }
    if (!type.isMessage()) {
      throw ApiException.invalid(
          "template goes only with a format that is a message, which " + type + " is not");
    }
    refuseUnstorable("template", template);
    try {
      MessageTemplate.check(template);
    } catch (IllegalArgumentException wrong) {
      throw ApiException.invalid("template " + wrong.getMessage());
    }
    return template;
  }

  private WebhookMode mode() {
    return fields
        .constant("mode", WireEnum.MODE, WebhookJson.MODE_PREFIX, WebhookMode.class)
        .orElse(WebhookMode.WORKSPACE);
  }

  private List<Trigger> triggers(WebhookMode mode) {
    List<JsonNode> nodes = fields.list("triggers");
    if (nodes.isEmpty()) {
      throw ApiException.invalid("triggers is empty, and must hold at least one");
    }
    List<Trigger> triggers = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      triggers.add(trigger(nodes, i, mode));
    }
    return triggers;
  }

  private static Trigger trigger(List<JsonNode> nodes, int index, WebhookMode mode) {
    String path = "triggers[" + index + "]";
    if (!(nodes.get(index) instanceof ObjectNode node)) {
      throw ApiException.invalid(path + " must be an object");
    }
    return RequestedTrigger.check(new Fields(path + ".", node), mode);
  }
}
