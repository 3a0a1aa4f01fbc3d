package org.expmaster.webhook.rest;

import java.util.Arrays;
import java.util.OptionalLong;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.event.Alert;
import org.expmaster.webhook.event.Excerpt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An alert as a client requests it. Alerts come from training code, where an error ends the job, so
 * whatever the data is, it is taken.
 *
 * @param trialId the trial of the experiment, if the client names one
 */
record RequestedAlert(long experimentId, OptionalLong trialId, Alert alert) {
  private static final int MAX_TITLE = 1_000;
  private static final int MAX_DESCRIPTION = 20_000;

  /** Determined's client writes this prefix, because it uses the enum of its log levels. */
  private static final String LEVEL_PREFIX = "LOG_LEVEL_";

  /**
   * Reads an alert.
   *
   * @throws ApiException InvalidArgument, if it names no experiment
   */
  static RequestedAlert of(ObjectNode document) {
    Fields fields = new Fields("", document);
    JsonNode data = document.path("data");
    Alert alert =
        new Alert(
            text(data.path("title"), MAX_TITLE),
            text(data.isValueNode() ? data : data.path("description"), MAX_DESCRIPTION),
            level(data.path("level")));
    long experimentId =
        fields
            .integer("experimentId")
            .orElseThrow(() -> ApiException.invalid("experimentId is missing"));
    return new RequestedAlert(experimentId, trialId(document), alert);
  }

  /** Returns text as it is, and anything else as JSON; nothing as empty text. */
  private static String text(JsonNode value, int most) {
    String text = value.isNull() ? "" : value.isContainer() ? Json.text(value) : value.asString();
    return Excerpt.of(text, most);
  }

  /** Returns INFO for a level that is missing or that nobody knows, and DEBUG for TRACE. */
  private static Alert.Level level(JsonNode value) {
    String name = WireEnum.LOG_LEVEL.name(value).orElse("");
    String level = name.startsWith(LEVEL_PREFIX) ? name.substring(LEVEL_PREFIX.length()) : name;
    return level.equals("TRACE")
        ? Alert.Level.DEBUG
        : Arrays.stream(Alert.Level.values())
            .filter(known -> known.name().equals(level))
            .findFirst()
            .orElse(Alert.Level.INFO);
  }

  /** Reads 0 as no trial, as Determined's client writes it, and what is no id as well. */
  private static OptionalLong trialId(JsonNode document) {
    JsonNode written =
        document.has("trialId") ? document.get("trialId") : document.path("trial_id");
    long id = written.asLong(0);
    return id <= 0 ? OptionalLong.empty() : OptionalLong.of(id);
  }
}
