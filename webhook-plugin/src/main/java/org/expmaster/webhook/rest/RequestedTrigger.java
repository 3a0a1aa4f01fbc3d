package org.expmaster.webhook.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.WebhookMode;

/** A trigger as a client wrote it. */
final class RequestedTrigger {
  private RequestedTrigger() {}

  static Trigger check(Fields trigger, WebhookMode mode) {
    String type =
        trigger
            .text("triggerType")
            .orElseThrow(() -> ApiException.invalid(trigger.path("triggerType") + " is missing"));
    return switch (type) {
      case WebhookJson.STATE_CHANGE -> new Trigger.StateChange(state(trigger));
      case "TRIGGER_TYPE_TASK_LOG" -> {
        checkRegex(trigger);
        throw notYet(trigger, type);
      }
      case "TRIGGER_TYPE_CUSTOM" -> {
        if (mode != WebhookMode.SPECIFIC) {
          throw ApiException.invalid(
              "mode must be WEBHOOK_MODE_SPECIFIC where "
                  + trigger.path("triggerType")
                  + " is TRIGGER_TYPE_CUSTOM");
        }
        throw notYet(trigger, type);
      }
      case "TRIGGER_TYPE_METRIC_THRESHOLD_EXCEEDED" -> throw notYet(trigger, type);
      default ->
          throw ApiException.invalid(
              trigger.path("triggerType")
                  + " is \""
                  + type
                  + "\", and must be "
                  + WebhookJson.STATE_CHANGE);
    };
  }

  private static ApiException notYet(Fields trigger, String type) {
    return ApiException.invalid(
        trigger.path("triggerType") + " is " + type + ", which this version does not support");
  }

  private static ExperimentState state(Fields trigger) {
    return trigger.nested("condition").constant("state", "", ExperimentState.class);
  }

  private static void checkRegex(Fields trigger) {
    String path = trigger.path("condition");
    ObjectNode condition = trigger.object("condition");
    JsonNode regex = condition.get("regex");
    if (condition.size() != 1 || regex == null || !regex.isTextual()) {
      throw ApiException.invalid(path + " must be exactly {\"regex\": \"…\"}");
    }
    try {
      Pattern.compile(regex.textValue());
    } catch (PatternSyntaxException malformed) {
      throw ApiException.invalid(
          path
              + ".regex is not a regular expression: "
              + malformed.getDescription()
              + " at "
              + malformed.getIndex());
    }
  }
}
