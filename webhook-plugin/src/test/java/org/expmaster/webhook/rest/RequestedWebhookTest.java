package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.registry.Comparison;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.Trigger.StateChange;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedWebhookTest {
  private static final String URL = "\"url\": \"https://receiver.example/hook\"";
  private static final String TYPE = "\"webhookType\": \"WEBHOOK_TYPE_DEFAULT\"";
  private static final String TRIGGERS =
      "\"triggers\": [{\"triggerType\": \"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE\","
          + " \"condition\": {\"state\": \"COMPLETED\"}}]";

  @Test
  void everyFieldIsReadInCamelCase() {
    assertEquals(
        draft("mine", WebhookMode.SPECIFIC, OptionalLong.of(3)),
        check(
            """
            {"name": "mine", "url": "https://receiver.example/hook",
             "webhookType": "WEBHOOK_TYPE_DEFAULT", "workspaceId": 3,
             "mode": "WEBHOOK_MODE_SPECIFIC",
             "triggers": [
               {"triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition": {"state": "COMPLETED"}},
               {"triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition": {"state": "ERROR"}}]}
            """));
  }

  @Test
  void everyFieldIsReadInSnakeCase() {
    assertEquals(
        draft("mine", WebhookMode.SPECIFIC, OptionalLong.of(3)),
        check(
            """
            {"name": "mine", "url": "https://receiver.example/hook",
             "webhook_type": "WEBHOOK_TYPE_DEFAULT", "workspace_id": 3,
             "mode": "WEBHOOK_MODE_SPECIFIC",
             "triggers": [
               {"trigger_type": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition": {"state": "COMPLETED"}},
               {"trigger_type": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition": {"state": "ERROR"}}]}
            """));
  }

  private static WebhookDraft draft(String name, WebhookMode mode, OptionalLong workspaceId) {
    return new WebhookDraft(
        name,
        URI.create("https://receiver.example/hook"),
        PayloadForm.DEFAULT,
        mode,
        workspaceId,
        List.of(
            new StateChange(ExperimentState.COMPLETED), new StateChange(ExperimentState.ERROR)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", \"name\": null, \"workspaceId\": null, \"mode\": null",
        ", \"name\": \"\", \"workspaceId\": 0, \"mode\": \"WEBHOOK_MODE_UNSPECIFIED\"",
        ", \"workspace_id\": 0"
      })
  void whatIsNotWrittenHasTheDocumentedMeaning(String more) {
    WebhookDraft draft = check(complete(more));
    assertEquals("", draft.name());
    assertEquals(OptionalLong.empty(), draft.workspaceId(), "all workspaces");
    assertEquals(WebhookMode.WORKSPACE, draft.mode());
  }

  @Test
  void unknownFieldsAreIgnoredAtEveryLevel() {
    WebhookDraft draft =
        check(
            """
            {"id": 17, "url": "https://receiver.example/hook", "color": [1, {"a": null}],
             "webhookType": "WEBHOOK_TYPE_DEFAULT",
             "triggers": [
               {"id": 3, "webhookId": 17, "shape": 1,
                "triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition": {"state": "COMPLETED", "mood": "good"}}]}
            """);
    assertEquals(List.of(new StateChange(ExperimentState.COMPLETED)), draft.triggers());
  }

  @ParameterizedTest
  @MethodSource("wrongFields")
  void aWrongFieldIsAnInvalidArgumentThatNamesIt(String field, String body) {
    assertNames(field, assertInvalid(body));
  }

  static Stream<Arguments> wrongFields() {
    return Stream.of(
            Stream.of("", ", \"url\": null", ", \"url\": \"\"", ", \"url\": \"  \"")
                .map(url -> arguments("url", "{" + TYPE + ", " + TRIGGERS + url + "}")),
            Stream.of("1", "true", "[]", "{}")
                .map(
                    url -> arguments("url", "{" + TYPE + "," + TRIGGERS + ",\"url\":" + url + "}")),
            Stream.of("", ", \"webhookType\": null")
                .map(type -> arguments("webhookType", "{" + URL + ", " + TRIGGERS + type + "}")),
            Stream.of("\"\"", "\"DEFAULT\"", "\"WEBHOOK_TYPE_UNSPECIFIED\"", "\"x\"", "3", "[]")
                .flatMap(
                    type ->
                        Stream.of("webhookType", "webhook_type")
                            .map(
                                name ->
                                    arguments(
                                        "webhookType",
                                        "{" + URL + "," + TRIGGERS + ",\"" + name + "\":" + type
                                            + "}"))),
            Stream.of("\"\"", "\"SPECIFIC\"", "\"webhook_mode_specific\"", "3", "[]")
                .map(mode -> arguments("mode", complete(", \"mode\": " + mode))),
            Stream.of("1", "true", "[]", "{}")
                .map(name -> arguments("name", complete(", \"name\": " + name))),
            Stream.of(
                    "-1",
                    "1.5",
                    "1.0",
                    "1e2",
                    "\"3.0\"",
                    "true",
                    "[]",
                    "9223372036854775808",
                    "18446744073709551619")
                .flatMap(
                    id ->
                        Stream.of("workspaceId", "workspace_id")
                            .map(
                                name ->
                                    arguments(
                                        "workspaceId", complete(", \"" + name + "\": " + id)))),
            Stream.of("", ", \"triggers\": null", ", \"triggers\": []", ", \"triggers\": {}")
                .map(list -> arguments("triggers", "{" + URL + ", " + TYPE + list + "}")))
        .flatMap(stream -> stream);
  }

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

  @ParameterizedTest
  @CsvSource({">=, 0.5", ">, -1e300", "<=, 7", "<, 0"})
  void aThresholdIsReadAsItIsWritten(String operator, double value) {
    String condition =
        "{\"metric\": \"val acc\", \"operator\": \"" + operator + "\", \"value\": " + value + "}";
    assertEquals(
        new Trigger.MetricThreshold("val acc", Comparison.of(operator).orElseThrow(), value),
        check(withTriggers(threshold(condition)).getBytes(UTF_8)).triggers().get(0));
  }

  private static String threshold(String condition) {
    return "{\"triggerType\": \"TRIGGER_TYPE_METRIC_THRESHOLD_EXCEEDED\", \"condition\": "
        + condition
        + "}";
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

  @Test
  void aRegexNestedBeyondWhatCompilesIsInvalidToo() {
    String regex = "(".repeat(50_000) + ")".repeat(50_000);
    ApiException refused = assertInvalid(withTriggers(taskLog("{\"regex\": \"" + regex + "\"}")));
    assertNames("triggers[0].condition.regex", refused);
    assertTrue(refused.getMessage().length() < 200, "it is not repeated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"mode\": \"WEBHOOK_MODE_WORKSPACE\""})
  void aCustomTriggerNeedsTheModeSpecific(String mode) {
    String custom = "\"triggers\": [{\"triggerType\": \"TRIGGER_TYPE_CUSTOM\"}]";
    assertNames("mode", assertInvalid("{" + URL + ", " + TYPE + ", " + custom + mode + "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://receiver.example",
        "https://receiver.example/hook?token=s3cret&a=b#part",
        "HTTPS://receiver.example/hook",
        "hTTp://RECEIVER.example:8080/hook",
        "http://192.0.2.1/hook",
        "http://[2001:db8::1]:8443/hook",
        "http://[::ffff:192.0.2.1]/",
        "http://receiver.example:65535/",
        "http://receiver.example:1/",
        "http://receiver/a%20b",
        "https://xn--bcher-kva.example/hook"
      })
  void anAbsoluteHttpUrlIsTakenAsItIs(String url) {
    assertEquals(url, checkUrl(url).url().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "https://receiver.example/größe, https://receiver.example/gr%C3%B6%C3%9Fe",
    "https://receiver.example/?q=实验, https://receiver.example/?q=%E5%AE%9E%E9%AA%8C",
    "https://receiver.example/🎉, https://receiver.example/%F0%9F%8E%89"
  })
  void whatIsNotAsciiInAPathIsKeptAsItGoesOverTheWire(String url, String kept) {
    assertEquals(kept, checkUrl(url).url().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/s3cret",
        "s3cret",
        "receiver.example/s3cret",
        "//receiver.example/s3cret",
        "ftp://receiver.example/s3cret",
        "file:///s3cret",
        "javascript:alert('s3cret')",
        "data:text/plain,s3cret",
        "http:s3cret",
        "http:/s3cret",
        "http://",
        "http:///s3cret",
        "http://?s3cret",
        "http://:80/s3cret",
        "http://user:s3cret@receiver.example/",
        "http://s3cret@receiver.example/",
        "http://@receiver.example/s3cret",
        "http://receiver.example:0/s3cret",
        "http://receiver.example:99999/s3cret",
        "http://receiver.example:999999999999/s3cret",
        "http://receiver.example:-1/s3cret",
        "http://receiver.example:http/s3cret",
        "http://receiver.example/s3cret\r\nX-Injected: 1",
        "http://receiver.example/s3cret\u0000",
        "http://receiver.example\\@s3cret/",
        "http://[::1/s3cret",
        "http://[s3cret]/",
        "http://-s3cret.example/"
      })
  void anyOtherUrlIsInvalidAndIsNotRepeatedSinceItMayBeASecret(String url) {
    ApiException refused = assertInvalid(withUrl(url));
    assertNames("url", refused);
    assertFalse(refused.getMessage().contains("s3cret"), refused.getMessage());
  }

  @Test
  void aUrlWithHalfACharacterIsInvalid() {
    assertNames("url", assertInvalid(complete("").replace("/hook", "/\\ud83c")));
  }

  @Test
  void aUrlMayHave8000Characters() {
    String longest = "https://receiver.example/" + "a".repeat(8_000 - 25);
    assertEquals(longest, checkUrl(longest).url().toString());
    ApiException refused = assertInvalid(withUrl(longest + "a"));
    assertNames("url", refused);
    assertTrue(refused.getMessage().contains("8001"), refused.getMessage());
  }

  @Test
  void aNameMayHave250CharactersOfAnyKind() {
    String longest = "\\\"🎉ם \\n".repeat(25) + "x".repeat(100);
    assertEquals(250, check(complete(", \"name\": \"" + longest + "\"")).name().length());
    ApiException refused = assertInvalid(complete(", \"name\": \"" + longest + "y\""));
    assertNames("name", refused);
    assertTrue(refused.getMessage().contains("251"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "\\ud83c", "\\udf89a", "a\\ud83c\\ud83c\\udf89"})
  void aNameThatADatabaseWouldNotKeepAsItIsIsInvalid(String name) {
    assertNames("name", assertInvalid(complete(", \"name\": \"" + name + "\"")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "nonsense",
        "{\"url\"}",
        "{\"url\": }",
        "{'url': 'x'}",
        "{\"url\": \"unterminated",
        "{\"url\": \"a\nb\"}",
        "{\"url\": \"\\x\"}",
        "{\"url\": https://receiver.example/s3cret}",
        "{\"a\": NaN}",
        "{\"a\": 01}",
        "{\"a\": 1,}",
        "{} {}",
        "{} x",
        "{}]",
        "{}\u0000",
        "\u0000",
        "\u0000\u0000\u0000\u0000",
        "{\u0000\u0000\u0000}\u0000\u0000\u0000\u0000",
        "// a comment\n{}",
        "{\"url\": \"a\", \"url\": \"b\"}",
        "{\"a\": {\"b\": 1, \"b\": 1}}"
      })
  void aBodyThatIsNoJsonIsInvalid(String body) {
    ApiException refused = assertInvalid(body);
    assertTrue(refused.getMessage().startsWith("the body "), refused.getMessage());
    assertFalse(refused.getMessage().contains("s3cret"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]", "null", "1", "1.5", "true", "\"{}\""})
  void aBodyThatIsNoObjectIsInvalid(String body) {
    assertEquals(
        "the body must be a JSON object: the webhook itself", assertInvalid(body).getMessage());
  }

  @Test
  void aBodyInAnotherEncodingOrOfArbitraryBytesIsReadOrInvalid() {
    assertEquals("n", check(complete(", \"name\": \"n\"").getBytes(UTF_16)).name());
    assertInvalid(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'});
    assertInvalid(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
    assertInvalid(new byte[] {0, 0, 0, '{', 0x7F, 0x7F, 0x7F, 0x7F});
    assertInvalid(new byte[] {0, 0, 0, '{', 0, 0, 0});
    assertInvalid(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    for (int first = 0; first < 256; first++) {
      assertInvalid(new byte[] {(byte) first, 0});
      assertInvalid(new byte[] {0, (byte) first, 0, 0});
      assertInvalid(new byte[] {0, 0, (byte) first, 0, 0, 0});
    }
  }

  @Test
  void aBodyThatIsNestedDeeplyIsInvalid() {
    assertInvalid("[".repeat(100_000));
    assertInvalid("{\"a\":".repeat(100_000));
    assertInvalid("{\"a\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}");
  }

  @Test
  void anEnormousNumberIsInvalidWhereItMattersAndCostsNothingWhereNot() {
    assertInvalid(complete(", \"workspaceId\": " + "9".repeat(900)));
    assertInvalid(complete(", \"workspaceId\": " + "9".repeat(100_000)));
    assertInvalid(complete(", \"workspaceId\": 1e999999999"));
    assertInvalid(complete(", \"workspaceId\": -1e-999999999"));
    assertEquals("", check(complete(", \"color\": 1e999999999")).name());
  }

  @Test
  void whereItIsToLiveCanBeAskedBeforeTheRestIsRight() {
    RequestedWebhook requested = read("{\"workspaceId\": 3, \"url\": 1}".getBytes(UTF_8));
    assertEquals(OptionalLong.of(3), requested.workspaceId());
    assertThrows(ApiException.class, requested::check);
  }

  private static String complete(String more) {
    return "{" + URL + ", " + TYPE + ", " + TRIGGERS + more + "}";
  }

  private static String withTriggers(String... triggers) {
    return "{" + URL + "," + TYPE + ",\"triggers\": [" + String.join(",", triggers) + "]}";
  }

  private static String stateChange(String condition) {
    return "{\"triggerType\": \"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE\", \"condition\": "
        + condition
        + "}";
  }

  private static String taskLog(String condition) {
    return "{\"triggerType\": \"TRIGGER_TYPE_TASK_LOG\", \"condition\": " + condition + "}";
  }

  private static String withUrl(String url) {
    String escaped =
        url.replace("\\", "\\\\")
            .replace("\r", "\\r")
            .replace("\n", "\\n")
            .replace("\u0000", "\\u0000");
    return "{" + TYPE + ", " + TRIGGERS + ", \"url\": \"" + escaped + "\"}";
  }

  private static WebhookDraft checkUrl(String url) {
    return check(withUrl(url));
  }

  private static WebhookDraft check(String body) {
    return check(body.getBytes(UTF_8));
  }

  private static WebhookDraft check(byte[] body) {
    return read(body).check();
  }

  private static ApiException assertInvalid(String body) {
    return assertInvalid(body.getBytes(UTF_8));
  }

  private static ApiException assertInvalid(byte[] body) {
    ApiException refused = assertThrows(ApiException.class, () -> check(body));
    assertEquals(Reason.INVALID_ARGUMENT, refused.reason());
    return refused;
  }

  private static void assertNames(String field, ApiException refused) {
    assertTrue(
        refused.getMessage().startsWith(field + " ")
            || refused.getMessage().startsWith(field + "."),
        refused.getMessage());
  }

  private static RequestedWebhook read(byte[] body) {
    return new RequestedWebhook(Json.object(body, "the webhook itself"));
  }
}
