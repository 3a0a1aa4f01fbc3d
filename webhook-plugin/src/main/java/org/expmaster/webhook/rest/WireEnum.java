package org.expmaster.webhook.rest;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An enum of Determined's API. A request may hold a value's name or its number, as proto-JSON
 * allows; answers hold names.
 *
 * @param values the names, each at the index that is its number; the first means that nothing is
 *     specified
 */
record WireEnum(List<String> values) {
  static final WireEnum WEBHOOK_TYPE =
      of("WEBHOOK_TYPE_UNSPECIFIED", "WEBHOOK_TYPE_DEFAULT", "WEBHOOK_TYPE_SLACK");

  static final WireEnum MODE =
      of("WEBHOOK_MODE_UNSPECIFIED", "WEBHOOK_MODE_WORKSPACE", "WEBHOOK_MODE_SPECIFIC");

  static final WireEnum TRIGGER_TYPE =
      of(
          "TRIGGER_TYPE_UNSPECIFIED",
          WebhookJson.STATE_CHANGE,
          WebhookJson.METRIC,
          WebhookJson.TASK_LOG,
          WebhookJson.CUSTOM);

  static final WireEnum LOG_LEVEL =
      of(
          "LOG_LEVEL_UNSPECIFIED",
          "LOG_LEVEL_TRACE",
          "LOG_LEVEL_DEBUG",
          "LOG_LEVEL_INFO",
          "LOG_LEVEL_WARNING",
          "LOG_LEVEL_ERROR",
          "LOG_LEVEL_CRITICAL");

  private static WireEnum of(String... values) {
    return new WireEnum(List.of(values));
  }

  /** Returns the name that a value is or stands for; empty if it is neither text nor a number. */
  Optional<String> name(JsonNode value) {
    if (value.isString()) {
      return Optional.of(value.stringValue());
    }
    boolean isNumber = value.canConvertToInt() && value.isIntegralNumber();
    return isNumber && value.intValue() >= 0 && value.intValue() < values.size()
        ? Optional.of(values.get(value.intValue()))
        : Optional.empty();
  }

  /** Whether a name is that of the unspecified value. */
  boolean isUnspecified(String name) {
    return name.equals(values.get(0));
  }
}
