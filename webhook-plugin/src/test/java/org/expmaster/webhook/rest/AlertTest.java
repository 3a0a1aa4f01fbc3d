package org.expmaster.webhook.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.event.Alert;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertTest extends RestOnSqlite {
  private static final String ROUTE = "POST /api/v1/webhooks/custom";

  @BeforeEach
  void createExperiments() {
    rest.experiments
        .experiment(Fixtures.experiment(7, ExperimentState.RUNNING))
        .experiment(Fixtures.experiment(8, ExperimentState.RUNNING))
        .hidden(8);
  }

  @Test
  void whatDeterminedsClientSendsIsAnAlert() throws Exception {
    assertEquals(
        "{}",
        alert(
                RestFixture.ANN,
                """
                {"data": {"description": "d", "level": "LOG_LEVEL_WARNING", "title": "t"},
                 "experimentId": 7, "trialId": 9}
                """)
            .toString());
    CustomAlert alert = rest.alerts.get(0);
    assertEquals(new Alert("t", "d", Alert.Level.WARNING), alert.alert());
    assertEquals(7, alert.experiment().id());
    assertEquals(OptionalLong.of(9), alert.trialId());
  }

  @Test
  void snakeCaseIsReadAndTitleDescriptionAndTrialMayBeMissing() throws Exception {
    alert(
        RestFixture.ANN,
        "{\"data\": {\"level\": \"INFO\"}, \"experiment_id\": 7, \"trial_id\": 3}");
    alert(
        RestFixture.ANN, "{\"data\": {\"level\": \"INFO\"}, \"experimentId\": 7, \"trialId\": 0}");
    assertEquals(
        List.of(OptionalLong.of(3), OptionalLong.empty()),
        rest.alerts.stream().map(CustomAlert::trialId).toList());
    assertEquals(new Alert("", "", Alert.Level.INFO), rest.alerts.get(0).alert());
  }

  @ParameterizedTest
  @ValueSource(strings = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"})
  void everyLevelIsTakenBareAndAsDeterminedWritesIt(String level) throws Exception {
    for (String written : List.of(level, "LOG_LEVEL_" + level)) {
      alert(RestFixture.ANN, "{\"data\": {\"level\": \"" + written + "\"}, \"experimentId\": 7}");
    }
    assertEquals(
        List.of(level, level), rest.alerts.stream().map(a -> a.alert().level().name()).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "|  | INFO | {\"experimentId\": 7}",
        "|  | INFO | {\"experimentId\": 7, \"data\": null}",
        "| text | INFO | {\"experimentId\": 7, \"data\": \"text\"}",
        "|  | INFO | {\"experimentId\": \"7\", \"data\": {}}",
        "|  | INFO | {\"experimentId\": 7, \"data\": {\"level\": \"LOUD\"}}",
        "|  | INFO | {\"experimentId\": 7, \"data\": {\"level\": \"LOG_LEVEL_UNSPECIFIED\"}}",
        "|  | INFO | {\"experimentId\": 7, \"data\": {\"level\": 0}}",
        "|  | DEBUG | {\"experimentId\": 7, \"data\": {\"level\": \"LOG_LEVEL_TRACE\"}}",
        "|  | DEBUG | {\"experimentId\": 7, \"data\": {\"level\": 1}}",
        "|  | WARNING | {\"experimentId\": 7, \"data\": {\"level\": 4}}",
        "|  | INFO | {\"experimentId\": 7, \"data\": {\"level\": 77}}",
        "|  | INFO | {\"experimentId\": 7, \"trialId\": -1}",
        "|  | INFO | {\"experimentId\": 7, \"trialId\": \"none\", \"trialId\": {}}",
        "loss | NaN | INFO | "
            + "{\"experimentId\": 7, \"data\": {\"title\": \"loss\", \"description\": NaN}}",
        "3 | [1] | CRITICAL | "
            + "{\"experimentId\": 7, \"data\": {\"title\": 3, \"description\": [1], \"level\": 6}}",
      })
  void whateverTheDataIsTheJobGoesOn(String title, String description, String level, String body)
      throws Exception {
    alert(RestFixture.ANN, body);
    assertEquals(
        new Alert(
            title == null ? "" : title,
            description == null ? "" : description,
            Alert.Level.valueOf(level)),
        rest.alerts.get(0).alert());
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "\"none\"", "[1]", "{}", "-1", "1e22", "99999999999999999999"})
  void whatIsNoIdIsNoTrial(String written) throws Exception {
    alert(RestFixture.ANN, "{\"experimentId\": 7, \"trialId\": " + written + "}");
    assertEquals(OptionalLong.empty(), rest.alerts.get(0).trialId());
  }

  @Test
  void dataMayBeNestedDeeplyAndMoreMayFollowTheBody() throws Exception {
    String deep = "[".repeat(990) + "0.50" + "]".repeat(990);
    alert(RestFixture.ANN, "{\"experimentId\": 7, \"data\": {\"description\": " + deep + "}} {");
    assertEquals(deep.replace("0.50", "0.5"), rest.alerts.get(0).alert().description());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "experimentId | {\"data\": {\"level\": \"INFO\"}}",
        "experimentId | {\"data\": {\"level\": \"INFO\"}, \"experimentId\": \"seven\"}"
      })
  void aWrongFieldIsNamed(String field, String body) {
    ApiException refused = assertRefused(Reason.INVALID_ARGUMENT, RestFixture.ANN, body);
    assertTrue(refused.getMessage().startsWith(field + " "), refused.getMessage());
  }

  @Test
  void whatNoMessageCouldHoldIsCutWithAnEllipsis() throws Exception {
    String long1 = "t".repeat(998) + "\uD83D\uDE00".repeat(2);
    alert(
        RestFixture.ANN,
        "{\"data\": {\"title\": \"%s\", \"description\": \"%s\"}, \"experimentId\": 7}"
            .formatted(long1, "d".repeat(25_000)));
    Alert alert = rest.alerts.get(0).alert();
    assertEquals("t".repeat(998) + "…", alert.title(), "no half of a character");
    assertEquals("d".repeat(19_999) + "…", alert.description());
  }

  @ParameterizedTest
  @ValueSource(longs = {8, 99, 0, -1})
  void anExperimentThatTheCallerMayNotSeeIsNotThere(long id) {
    ApiException refused = assertRefused(Reason.NOT_FOUND, RestFixture.ANN, of(id));
    assertEquals("there is no experiment " + id, refused.getMessage());
  }

  @Test
  void whoMaySeeItMaySpeakOfIt() throws Exception {
    alert(RestFixture.ADMIN, of(8));
    assertEquals(8, rest.alerts.get(0).experiment().id());
  }

  @Test
  void itNeedsALogin() {
    assertEquals(Access.LOGGED_IN, rest.access.get(ROUTE));
    assertRefused(Reason.UNAUTHENTICATED, null, of(7));
  }

  private static String of(long experiment) {
    return "{\"data\": {\"level\": \"INFO\"}, \"experimentId\": " + experiment + "}";
  }

  private Object alert(Caller caller, String body) throws Exception {
    return rest.call(caller, ROUTE, Map.of(), body);
  }

  private ApiException assertRefused(Reason reason, Caller caller, String body) {
    ApiException refused = assertThrows(ApiException.class, () -> alert(caller, body));
    assertEquals(reason, refused.reason());
    assertEquals(List.of(), rest.alerts);
    return refused;
  }
}
