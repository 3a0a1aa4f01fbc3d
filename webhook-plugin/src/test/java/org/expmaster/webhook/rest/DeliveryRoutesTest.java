package org.expmaster.webhook.rest;

import static org.expmaster.webhook.rest.RestCalls.ONE;
import static org.expmaster.webhook.rest.RestCalls.assertRefused;
import static org.expmaster.webhook.rest.RestCalls.id;
import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Checks the routes that list deliveries and send them again. */
class DeliveryRoutesTest extends RestOnSqlite {
  @ParameterizedTest
  @CsvSource({
    "limit, 0",
    "limit, 201",
    "limit, -1",
    "limit, x",
    "limit, ''",
    "limit, 99999999999999999999",
    "cursor, 0",
    "cursor, x",
    "state, delivered",
    "state, BORED",
    "since, yesterday",
    "since, +300000000-01-01T00:00:00Z",
    "cursor, 7",
    "since, 2026-03-01",
    "since, 2026-02-30T12:00:00Z"
  })
  void aListOfDeliveriesAskedForWronglyNamesWhatIsWrong(String name, String value)
      throws Exception {
    String id = id(calls.create(ANN, "", 3));
    ApiException refused =
        assertRefused(
            Reason.INVALID_ARGUMENT,
            () ->
                rest.call(
                    ANN,
                    "GET " + ONE + "/deliveries",
                    Map.of("id", id),
                    Map.of(name, List.of(value)),
                    Map.of(),
                    ""));
    assertTrue(refused.getMessage().startsWith(name + " "), refused.getMessage());
  }

  @Test
  void aWebhookThatWasToldNothingHasNoDeliveriesAndNoneToAskForAgain() throws Exception {
    String id = id(calls.create(ANN, "", 3));
    assertEquals(
        "{\"deliveries\":[],\"nextCursor\":null}",
        calls.call(ANN, "GET " + ONE + "/deliveries", id).toString());
    assertEquals(
        "{\"redelivered\":0}", calls.call(ANN, "POST " + ONE + "/redeliver", id).toString());
    Map<String, String> first = Map.of("id", id, "deliveryId", "1");
    String delivery = ONE + "/deliveries/{deliveryId}";
    assertRefused(Reason.NOT_FOUND, () -> rest.call(ANN, "GET " + delivery, first, ""));
    assertRefused(
        Reason.NOT_FOUND, () -> rest.call(ANN, "POST " + delivery + "/redeliver", first, ""));
  }

  @Test
  void whatAWebhookDeliveredBeforeItMovedIsShownToThoseAloneWhoSeeAllWorkspaces() throws Exception {
    JsonNode webhook = calls.create(ADMIN, "", 4);
    DeadLetters.add(rest.database, rest.clock, webhook.path("id").asLong());
    rest.clock.turn(Duration.ofSeconds(1));
    calls.patch(ADMIN, webhook, "{\"workspaceId\": 3}");
    String id = id(webhook);
    DeadLetters.add(rest.database, rest.clock, webhook.path("id").asLong());

    assertEquals(2, deliveries(ADMIN, id).size());
    JsonNode seen = deliveries(ANN, id);
    assertEquals(1, seen.size());
    String before = deliveries(ADMIN, id).get(1).path("id").asString();
    assertNotEquals(before, seen.get(0).path("id").asString());
    Map<String, String> first = Map.of("id", id, "deliveryId", before);
    String delivery = ONE + "/deliveries/{deliveryId}";
    assertRefused(Reason.NOT_FOUND, () -> rest.call(ANN, "GET " + delivery, first, ""));
    assertRefused(
        Reason.NOT_FOUND, () -> rest.call(ANN, "POST " + delivery + "/redeliver", first, ""));
    assertEquals(
        "{\"redelivered\":1}", calls.call(ANN, "POST " + ONE + "/redeliver", id).toString());
    rest.call(ADMIN, "POST " + delivery + "/redeliver", first, "");
  }

  private JsonNode deliveries(Caller caller, String id) throws Exception {
    return calls.call(caller, "GET " + ONE + "/deliveries", id).path("deliveries");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "[]", "{\"since\": 1}", "{\"since\": \"yesterday\"}"})
  void askingAgainFromNoRealTimeOnIsInvalid(String body) throws Exception {
    String id = id(calls.create(ANN, "", 3));
    assertRefused(
        Reason.INVALID_ARGUMENT,
        () -> rest.call(ANN, "POST " + ONE + "/redeliver", Map.of("id", id), body));
  }
}
