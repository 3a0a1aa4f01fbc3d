package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.rest.RequestBodies.assertInvalid;
import static org.expmaster.webhook.rest.RequestBodies.assertNames;
import static org.expmaster.webhook.rest.RequestBodies.check;
import static org.expmaster.webhook.rest.RequestBodies.taskLog;
import static org.expmaster.webhook.rest.RequestBodies.withTriggers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.registry.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The regular expression of a trigger that is asked for. */
class RequestedRegexTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "1",
        "{\"regex\": null}",
        "{\"regex\": 1}",
        "{\"regexp\": \"x\"}",
        "{\"regex\": \"x\", \"state\": \"ERROR\"}",
        "{\"regex\": \"(\"}",
        "{\"regex\": \"*\"}",
        "{\"regex\": \"[z-a]\"}"
      })
  void aConditionOfATaskLogMustBeExactlyOneRegexThatCompiles(String condition) {
    assertNames("triggers[0].condition", assertInvalid(withTriggers(taskLog(condition))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a)\\\\1", "a(?=b)", "(?<!a)b"})
  void aRegexThatRe2DoesNotHaveIsRefusedAndToldSo(String regex) {
    ApiException refused = assertInvalid(withTriggers(taskLog("{\"regex\": \"" + regex + "\"}")));
    assertNames("triggers[0].condition.regex", refused);
    assertTrue(refused.getMessage().contains("look-around"), refused.getMessage());
  }

  @Test
  void aRegexThatNoLineCouldAffordIsRefusedWithWhatItWouldCostAndWhatIsAllowed() {
    String regex = "[a-z ]{0,999}[a-z ]{0,900}[0-9]{1}$";
    ApiException refused = assertInvalid(withTriggers(taskLog("{\"regex\": \"" + regex + "\"}")));
    assertNames("triggers[0].condition.regex", refused);
    assertTrue(
        refused.getMessage().matches(".* may take [1-9]\\d{3} steps .* may take 2000 at most.*"),
        refused.getMessage());
  }

  @Test
  void aRegexHasAThousandCharactersAtMostAndIsStorable() {
    assertEquals(
        new Trigger.TaskLog("é".repeat(1_000)),
        trigger("{\"regex\": \"" + "é".repeat(1_000) + "\"}"));
    for (String regex :
        List.of("a".repeat(1_001), "a\\u0000", "a\\ud800", "((a{999}){999}){999}")) {
      assertNames(
          "triggers[0].condition.regex",
          assertInvalid(withTriggers(taskLog("{\"regex\": \"" + regex + "\"}"))));
    }
  }

  private static Trigger trigger(String condition) {
    return check(withTriggers(taskLog(condition)).getBytes(UTF_8)).triggers().get(0);
  }

  @Test
  void aRegexNestedBeyondWhatCompilesIsInvalidToo() {
    String regex = "(".repeat(50_000) + ")".repeat(50_000);
    ApiException refused = assertInvalid(withTriggers(taskLog("{\"regex\": \"" + regex + "\"}")));
    assertNames("triggers[0].condition.regex", refused);
    assertTrue(refused.getMessage().length() < 200, "it is not repeated");
  }
}
