package org.expmaster.host.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random request bodies: valid ones with something changed, and entirely invalid ones. */
final class BodyDice {
  private static final JsonMapper PLAIN = JsonMapper.builder().build();

  /** Can write half of a surrogate pair, which UTF-8 cannot. */
  private static final JsonMapper ESCAPED =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final List<String> meant;

  /**
   * @param receiver a URL that test deliveries may go to
   */
  BodyDice(String receiver) {
    meant =
        List.of(
            """
            {"name": "ci", "url": "%s", "webhookType": "WEBHOOK_TYPE_SLACK",
             "mode": "WEBHOOK_MODE_SPECIFIC", "workspaceId": 0, "payloadVersion": 0,
             "template": "{{experiment.name}} {{#trial.id}}{{trial.id}}{{/trial.id}}",
             "triggers": [
               {"triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition": {"state": "COMPLETED"}},
               {"triggerType": "TRIGGER_TYPE_TASK_LOG", "condition": {"regex": "CUDA (a|b)+"}},
               {"triggerType": "TRIGGER_TYPE_CUSTOM", "condition": {}},
               {"triggerType": "TRIGGER_TYPE_METRIC_THRESHOLD_EXCEEDED",
                "condition": {"metric": "accuracy", "operator": ">=", "value": 0.9}}]}
            """
                .formatted(receiver),
            """
            {"url": "%s", "webhookType": "WEBHOOK_TYPE_DEFAULT", "payloadVersion": 2,
             "triggers": [{"triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                           "condition": {"state": "ERROR"}}]}
            """
                .formatted(receiver),
            "{\"url\": \"%s\"}".formatted(receiver),
            """
            {"data": {"title": "t", "description": "d", "level": "LOG_LEVEL_ERROR"},
             "experimentId": 1, "trialId": 1}
            """,
            "{\"since\": \"2026-03-01T00:00:00Z\"}",
            """
            {"logs": [{"taskId": "1.a", "agentId": "n", "log": "CUDA aab\\n",
                       "timestamp": "2026-03-01T00:00:00Z"}]}
            """,
            "[{\"taskId\": \"1.a\", \"log\": \"x\", \"timestamp\": \"2026-03-01T00:00:00+02:00\"}]",
            "{\"metrics\": {\"stepsCompleted\": 3, \"metrics\": {\"avgMetrics\": {\"a\": 0.95}}}}",
            """
            {"activate": true, "projectId": 1,
             "config": "name: x\\nentrypoint: exit 0\\nresources: {slots_per_trial: 2}\\n"}
            """,
            "{\"name\": \"a name\"}",
            "{\"user\": {\"username\": \"u\", \"admin\": false, \"active\": true},"
                + " \"password\": \"long enough for anyone\", \"isHashed\": false}");
  }

  byte[] roll(Random dice) {
    return switch (dice.nextInt(16)) {
      case 0 -> new byte[0];
      case 1 -> "[".repeat(1 + dice.nextInt(20_000)).getBytes(UTF_8);
      case 2 -> "{\"a\":".repeat(1 + dice.nextInt(5_000)).getBytes(UTF_8);
      case 3 -> text(HostileValues.json(dice), dice).getBytes(UTF_8);
      case 4 -> garbage(dice);
      default -> encoded(document(dice), dice);
    };
  }

  private static byte[] garbage(Random dice) {
    byte[] bytes = new byte[dice.nextInt(200)];
    dice.nextBytes(bytes);
    return bytes;
  }

  private String document(Random dice) {
    JsonNode document = read(meant.get(dice.nextInt(meant.size())));
    for (int i = dice.nextInt(3); i > 0; i--) {
      change(document, dice);
    }
    return text(document, dice);
  }

  private static byte[] encoded(String text, Random dice) {
    return switch (dice.nextInt(30)) {
      case 0 -> text.getBytes(UTF_16BE);
      case 1 -> Arrays.copyOf(text.getBytes(UTF_8), dice.nextInt(text.length()));
      case 2 -> (text + text).getBytes(UTF_8);
      default -> text.getBytes(UTF_8);
    };
  }

  /** Replaces a random value, at any depth, with a hostile one, or removes it. */
  private static void change(JsonNode document, Random dice) {
    List<JsonNode> containers = new ArrayList<>();
    collect(document, containers);
    JsonNode container = containers.get(dice.nextInt(containers.size()));
    JsonNode value = HostileValues.json(dice);
    if (container instanceof ArrayNode list && !list.isEmpty()) {
      list.set(dice.nextInt(list.size()), value);
    } else if (container instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name =
          names.isEmpty() || dice.nextInt(10) == 0
              ? HostileValues.text(dice)
              : names.get(dice.nextInt(names.size()));
      if (dice.nextInt(8) == 0) {
        object.remove(name);
      } else {
        object.set(name, value);
      }
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private static JsonNode read(String text) {
    try {
      return PLAIN.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(JsonNode document, Random dice) {
    try {
      return (dice.nextBoolean() ? PLAIN : ESCAPED).writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
