package org.expmaster.webhook.rest;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.expression.LogRegex;
import org.expmaster.webhook.registry.Comparison;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.WebhookMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks a trigger as a client requests it. */
final class RequestedTrigger {
  static final int MAX_REGEX = 1_000;
  static final int MAX_METRIC = 250;
  private static final String FORM_OF_A_THRESHOLD =
      " must be exactly {\"metric\": \"…\", \"operator\": \"…\", \"value\": …}";

  private RequestedTrigger() {}

  static Trigger check(Fields trigger, WebhookMode mode) {
    String type =
        trigger
            .enumName("triggerType", WireEnum.TRIGGER_TYPE)
            .orElseThrow(() -> ApiException.invalid(trigger.path("triggerType") + " is missing"));
    return switch (type) {
      case WebhookJson.STATE_CHANGE -> new Trigger.StateChange(state(trigger));
      case WebhookJson.TASK_LOG -> new Trigger.TaskLog(regex(trigger));
      case WebhookJson.CUSTOM -> custom(trigger, mode);
      case WebhookJson.METRIC -> threshold(trigger);
      default ->
          throw ApiException.invalid(
              trigger.path("triggerType")
                  + " is \""
                  + type
                  + "\", and must be one of "
                  + String.join(", ", WebhookJson.TRIGGER_TYPES));
    };
  }

  private static ExperimentState state(Fields trigger) {
    return trigger.nested("condition").constant("state", ExperimentState.class);
  }

  private static String regex(Fields trigger) {
    String path = trigger.path("condition");
    ObjectNode condition = trigger.object("condition");
    JsonNode regex = condition.get("regex");
    if (condition.size() != 1 || regex == null || !regex.isString()) {
      throw ApiException.invalid(path + " must be exactly {\"regex\": \"…\"}");
    }
    String text = regex.stringValue();
    if (text.length() > MAX_REGEX) {
      throw ApiException.invalid(
          path + ".regex has " + text.length() + " characters, and may have " + MAX_REGEX);
    }
    RequestedWebhook.refuseUnstorable(path + ".regex", text);
    try {
      requireAffordable(path, LogRegex.compile(text));
    } catch (IllegalArgumentException refused) {
      throw ApiException.invalid(path + ".regex " + refused.getMessage());
    }
    return text;
  }

  private static void requireAffordable(String path, LogRegex regex) {
    if (regex.stepsPerLetter() > LogRegex.MAX_STEPS_PER_LETTER) {
      throw ApiException.invalid(
          path
              + ".regex may take "
              + regex.stepsPerLetter()
              + " steps for each letter of a line, and may take "
              + LogRegex.MAX_STEPS_PER_LETTER
              + " at most: lower the counts of its repeats, each of which is written out");
    }
  }

  private static Trigger custom(Fields trigger, WebhookMode mode) {
    if (mode != WebhookMode.SPECIFIC) {
      throw ApiException.invalid(
          "mode must be WEBHOOK_MODE_SPECIFIC where "
              + trigger.path("triggerType")
              + " is TRIGGER_TYPE_CUSTOM");
    }
    return new Trigger.Custom();
  }

  private static Trigger threshold(Fields trigger) {
    String path = trigger.path("condition");
    Set<String> written = new TreeSet<>(trigger.object("condition").propertyNames());
    if (!written.equals(Set.of("metric", "operator", "value"))) {
      throw ApiException.invalid(path + FORM_OF_A_THRESHOLD);
    }
    Fields condition = trigger.nested("condition");
    return new Trigger.MetricThreshold(metric(condition), operator(condition), value(condition));
  }

  private static String metric(Fields condition) {
    String metric =
        condition
            .text("metric")
            .filter(name -> !name.isBlank())
            .orElseThrow(() -> ApiException.invalid(condition.path("metric") + " is missing"));
    if (metric.length() > MAX_METRIC) {
      throw ApiException.invalid(
          condition.path("metric")
              + " has "
              + metric.length()
              + " characters, and may have "
              + MAX_METRIC);
    }
    RequestedWebhook.refuseUnstorable(condition.path("metric"), metric);
    return metric;
  }

  private static Comparison operator(Fields condition) {
    Optional<String> sign = condition.text("operator");
    return sign.flatMap(Comparison::of)
        .orElseThrow(
            () ->
                ApiException.invalid(
                    condition.path("operator")
                        + (sign.isPresent() ? " is \"" + sign.get() + "\"" : " is missing")
                        + ", and must be one of "
                        + String.join(", ", Comparison.signs())));
  }

  private static double value(Fields condition) {
    double value = condition.node().get("value").doubleValue(Double.NaN);
    if (!Double.isFinite(value)) {
      throw ApiException.invalid(condition.path("value") + " must be a finite number");
    }
    return value;
  }
}
