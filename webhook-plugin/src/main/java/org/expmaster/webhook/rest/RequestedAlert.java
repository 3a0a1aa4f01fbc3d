package org.expmaster.webhook.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.event.Alert;

/**
 * An alert as a client requests it.
 *
 * @param trialId the trial of the experiment, if the client names one
 */
record RequestedAlert(long experimentId, OptionalLong trialId, Alert alert) {
  private static final int MAX_TITLE = 1_000;
  private static final int MAX_DESCRIPTION = 20_000;

  /** Determined's client writes this prefix, because it uses the enum of its log levels. */
  private static final String LEVEL_PREFIX = "LOG_LEVEL_";

  /**
   * Reads and checks an alert.
   *
   * @throws ApiException InvalidArgument, if a field is invalid; names it
   */
  static RequestedAlert of(ObjectNode document) {
    Fields fields = new Fields("", document);
    Fields data = fields.nested("data");
    Alert alert =
        new Alert(
            bounded(data, "title", MAX_TITLE),
            bounded(data, "description", MAX_DESCRIPTION),
            level(data));
    long experimentId =
        fields
            .integer("experimentId")
            .orElseThrow(() -> ApiException.invalid("experimentId is missing"));
    return new RequestedAlert(experimentId, trialId(fields), alert);
  }

  private static String bounded(Fields data, String name, int most) {
    String text = data.text(name).orElse("");
    if (text.length() > most) {
      throw ApiException.invalid(
          data.path(name) + " has " + text.length() + " characters, and may have " + most);
    }
    return text;
  }

  private static Alert.Level level(Fields data) {
    String path = data.path("level");
    String text = data.text("level").orElseThrow(() -> ApiException.invalid(path + " is missing"));
    String name = text.startsWith(LEVEL_PREFIX) ? text.substring(LEVEL_PREFIX.length()) : text;
    return Arrays.stream(Alert.Level.values())
        .filter(level -> level.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.invalid(
                    path
                        + " is \""
                        + text
                        + "\", and must be one of "
                        + Arrays.stream(Alert.Level.values())
                            .map(Enum::name)
                            .collect(Collectors.joining(", "))));
  }

  /** Reads 0 as no trial, as Determined's client writes it. */
  private static OptionalLong trialId(Fields fields) {
    long id = fields.integer("trialId").orElse(0L);
    if (id < 0) {
      throw ApiException.invalid("trialId is " + id + ", and must not be negative");
    }
    return id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
  }
}
