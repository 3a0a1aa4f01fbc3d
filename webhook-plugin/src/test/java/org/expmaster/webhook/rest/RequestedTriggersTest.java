package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.rest.RequestBodies.TYPE;
import static org.expmaster.webhook.rest.RequestBodies.URL;
import static org.expmaster.webhook.rest.RequestBodies.assertInvalid;
import static org.expmaster.webhook.rest.RequestBodies.assertNames;
import static org.expmaster.webhook.rest.RequestBodies.check;
import static org.expmaster.webhook.rest.RequestBodies.stateChange;
import static org.expmaster.webhook.rest.RequestBodies.threshold;
import static org.expmaster.webhook.rest.RequestBodies.withTriggers;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.registry.Comparison;
import org.expmaster.webhook.registry.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The triggers of a webhook that is asked for, except their regular expressions. */
class RequestedTriggersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "triggers[1] | null",
        "triggers[1] | 1",
        "triggers[1] | []",
        "triggers[1].triggerType | {}",
        "triggers[1].triggerType | {\"triggerType\": null}",
        "triggers[1].triggerType | {\"triggerType\": 5}",
        "triggers[1].triggerType | {\"triggerType\": \"\"}",
        "triggers[1].triggerType | {\"triggerType\": \"TRIGGER_TYPE_UNSPECIFIED\"}",
        "triggers[1].triggerType | {\"trigger_type\": \"EXPERIMENT_STATE_CHANGE\"}"
      })
  void aWrongTriggerIsNamedByItsPlace(String field, String trigger) {
    assertNames(field, assertInvalid(withTriggers(stateChange("{\"state\": \"ERROR\"}"), trigger)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "triggers[0].condition | 1",
        "triggers[0].condition | \"COMPLETED\"",
        "triggers[0].condition | []",
        "triggers[0].condition.state | null",
        "triggers[0].condition.state | {}",
        "triggers[0].condition.state | {\"state\": null}",
        "triggers[0].condition.state | {\"state\": 1}",
        "triggers[0].condition.state | {\"state\": \"\"}",
        "triggers[0].condition.state | {\"state\": \"completed\"}",
        "triggers[0].condition.state | {\"state\": \"STATE_COMPLETED\"}",
        "triggers[0].condition.state | {\"state\": \"BORED\"}",
        "triggers[0].condition.state | {\"regex\": \"x\"}"
      })
  void aWrongConditionOfAStateChangeIsNamed(String field, String condition) {
    assertNames(field, assertInvalid(withTriggers(stateChange(condition))));
  }

  @Test
  void aStateChangeWithoutAConditionNamesWhatIsMissing() {
    ApiException refused =
        assertInvalid(withTriggers("{\"triggerType\": \"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE\"}"));
    assertEquals("triggers[0].condition.state is missing", refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        ".metric | {\"metric\": 1, \"operator\": \">\", \"value\": 1}",
        ".metric | {\"metric\": null, \"operator\": \">\", \"value\": 1}",
        ".metric | {\"metric\": \" \", \"operator\": \">\", \"value\": 1}",
        ".metric | {\"metric\": \"a\\u0000\", \"operator\": \">\", \"value\": 1}",
        ".operator | {\"metric\": \"acc\", \"operator\": \"==\", \"value\": 1}",
        ".operator | {\"metric\": \"acc\", \"operator\": null, \"value\": 1}",
        ".operator | {\"metric\": \"acc\", \"operator\": 1, \"value\": 1}",
        ".value | {\"metric\": \"acc\", \"operator\": \">\", \"value\": null}",
        ".value | {\"metric\": \"acc\", \"operator\": \">\", \"value\": \"1\"}",
        ".value | {\"metric\": \"acc\", \"operator\": \">\", \"value\": \"NaN\"}",
        ".value | {\"metric\": \"acc\", \"operator\": \">\", \"value\": 1e999}",
        "'' | {\"metric\": \"acc\", \"operator\": \">\"}",
        "'' | {\"metric\": \"acc\", \"operator\": \">\", \"value\": 1, \"extra\": 1}",
        "'' | {}",
        "'' | []"
      })
  void aWrongThresholdIsNamedByItsField(String field, String condition) {
    ApiException refused = assertInvalid(withTriggers(threshold(condition)));
    assertNames("triggers[0].condition" + field.replace("''", ""), refused);
  }

  @Test
  void aWholeNumberBeyondDoubleIsNoThreshold() {
    String condition = "{\"metric\": \"acc\", \"operator\": \">\", \"value\": 1%s}";
    ApiException refused =
        assertInvalid(withTriggers(threshold(condition.formatted("0".repeat(309)))));
    assertNames("triggers[0].condition.value", refused);
  }

  @ParameterizedTest
  @CsvSource({">=, 0.5", ">, -1e300", "<=, 7", "<, 0"})
  void aThresholdIsReadAsItIsWritten(String operator, double value) {
    String condition =
        "{\"metric\": \"val acc\", \"operator\": \"" + operator + "\", \"value\": " + value + "}";
    assertEquals(
        new Trigger.MetricThreshold("val acc", Comparison.of(operator).orElseThrow(), value),
        check(withTriggers(threshold(condition)).getBytes(UTF_8)).triggers().get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"condition\": {}", ", \"condition\": null"})
  void aCustomTriggerNeedsNoCondition(String condition) {
    String body =
        "{%s, %s, \"mode\": \"WEBHOOK_MODE_SPECIFIC\", \"triggers\":"
            + " [{\"trigger_type\": \"TRIGGER_TYPE_CUSTOM\"%s}]}";
    assertEquals(
        List.of(new Trigger.Custom()),
        check(body.formatted(URL, TYPE, condition).getBytes(UTF_8)).triggers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"mode\": \"WEBHOOK_MODE_WORKSPACE\""})
  void aCustomTriggerNeedsTheModeSpecific(String mode) {
    String custom = "\"triggers\": [{\"triggerType\": \"TRIGGER_TYPE_CUSTOM\"}]";
    assertNames("mode", assertInvalid("{" + URL + ", " + TYPE + ", " + custom + mode + "}"));
  }
}
