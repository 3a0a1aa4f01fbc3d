package org.expmaster.webhook.rest;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.webhook.health.CutShort;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.LastDay;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.Trigger.Custom;
import org.expmaster.webhook.registry.Trigger.MetricThreshold;
import org.expmaster.webhook.registry.Trigger.StateChange;
import org.expmaster.webhook.registry.Trigger.TaskLog;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.Webhook.LastEdit;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.expmaster.webhook.registry.WebhookType;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes webhooks as JSON: all fields, under the names that Determined's clients read. */
final class WebhookJson {
  static final String TYPE_PREFIX = "WEBHOOK_TYPE_";
  static final String MODE_PREFIX = "WEBHOOK_MODE_";
  static final String STATE_CHANGE = "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE";
  static final String TASK_LOG = "TRIGGER_TYPE_TASK_LOG";
  static final String CUSTOM = "TRIGGER_TYPE_CUSTOM";
  static final String METRIC = "TRIGGER_TYPE_METRIC_THRESHOLD_EXCEEDED";

  static final List<String> TRIGGER_TYPES = List.of(STATE_CHANGE, TASK_LOG, CUSTOM, METRIC);

  private WebhookJson() {}

  static ObjectNode of(Webhook webhook, Health health) {
    ObjectNode node = Json.empty();
    node.put("id", webhook.id());
    node.put("url", webhook.url().toString());
    ArrayNode headers = node.putArray("headers");
    webhook
        .endpoint()
        .headers()
        .byName()
        .keySet()
        .forEach(name -> headers.addObject().put("name", name).putNull("value"));
    ArrayNode triggers = node.putArray("triggers");
    webhook.triggers().forEach(trigger -> triggers.add(of(trigger, webhook.id())));
    node.put("webhookType", wireType(webhook.form().type()));
    node.put("format", webhook.form().type().name());
    node.put("name", webhook.name());
    node.put("workspaceId", webhook.workspaceId().orElse(0));
    node.put("mode", MODE_PREFIX + webhook.mode());
    node.put("payloadVersion", webhook.form().version());
    node.put("template", webhook.form().template());
    node.put("version", webhook.version());
    node.put(
        "updatedBy", webhook.lastEdit().map(LastEdit::by).filter(by -> !by.isEmpty()).orElse(null));
    node.put("updatedAt", text(webhook.lastEdit().map(LastEdit::at)));
    node.set("health", of(health));
    return node;
  }

  /** Returns the type as Determined's clients know it: they refuse a list with any other. */
  static String wireType(WebhookType type) {
    return TYPE_PREFIX + (type == WebhookType.SLACK ? WebhookType.SLACK : WebhookType.DEFAULT);
  }

  /** Writes a webhook for a caller, with its health and what the caller may do with it. */
  static ObjectNode seen(
      Webhook webhook,
      Health health,
      LastDay lastDay,
      Map<Long, CutShort> cutShort,
      Rights rights) {
    boolean mayEdit = rights.mayEdit(webhook.workspaceId());
    ObjectNode node = of(webhook, health);
    node.withArray("triggers").forEach(trigger -> addCutShort((ObjectNode) trigger, cutShort));
    node.set("lastDay", of(lastDay));
    node.put("mayEdit", mayEdit);
    node.put("maySeeDeliveries", rights.maySeeDeliveries(webhook));
    if (!mayEdit) {
      node.put("url", masked(webhook.url()));
      node.putArray("headers");
    }
    return node;
  }

  /** Returns the URL without what may be a secret: only scheme, host and port are shown. */
  private static String masked(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority() + "/***";
  }

  /** Not in Determined's API; added only where an expression was cut short. */
  private static void addCutShort(ObjectNode trigger, Map<Long, CutShort> cutShort) {
    CutShort found = cutShort.get(trigger.get("id").longValue());
    if (found != null) {
      trigger
          .putObject("cutShort")
          .put("times", found.times())
          .put("lastAt", found.lastAt().toString());
    }
  }

  private static ObjectNode of(LastDay day) {
    ObjectNode node = Json.empty();
    node.put("lastAt", text(day.last().map(LastDay.Last::at)));
    node.put("lastEnding", day.last().map(last -> last.ending().name()).orElse(null));
    ArrayNode hours = node.putArray("hours");
    day.hours()
        .forEach(
            hour ->
                hours
                    .addObject()
                    .put("hoursAgo", hour.ago())
                    .put("delivered", hour.delivered())
                    .put("failed", hour.failed()));
    return node;
  }

  private static ObjectNode of(StoredTrigger stored, long webhookId) {
    ObjectNode node = Json.empty();
    node.put("id", stored.id());
    stored.trigger().accept(new TriggerFields(node));
    node.put("webhookId", webhookId);
    return node;
  }

  /** Writes a trigger's type and condition. */
  private record TriggerFields(ObjectNode node) implements Trigger.Visitor<Void> {
    @Override
    public Void stateChange(StateChange trigger) {
      condition(STATE_CHANGE).put("state", trigger.state().name());
      return null;
    }

    @Override
    public Void taskLog(TaskLog trigger) {
      condition(TASK_LOG).put("regex", trigger.regex());
      return null;
    }

    @Override
    public Void custom(Custom trigger) {
      condition(CUSTOM);
      return null;
    }

    @Override
    public Void metricThreshold(MetricThreshold trigger) {
      condition(METRIC)
          .put("metric", trigger.metric())
          .put("operator", trigger.operator().sign())
          .put("value", trigger.value());
      return null;
    }

    private ObjectNode condition(String type) {
      node.put("triggerType", type);
      return node.putObject("condition");
    }
  }

  /** Not in Determined's API, whose clients ignore it. */
  private static ObjectNode of(Health health) {
    ObjectNode node = Json.empty();
    node.put("failingSince", text(health.failingSince()));
    node.put("pausedUntil", text(health.pausedUntil()));
    node.put("disabledAt", text(health.disabledAt()));
    node.put("reason", health.reason());
    return node;
  }

  static String text(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse(null);
  }
}
