package org.expmaster.webhook.rest;

import static org.expmaster.webhook.rest.RestCalls.ALL;
import static org.expmaster.webhook.rest.RestCalls.ONE;
import static org.expmaster.webhook.rest.RestCalls.assertRefused;
import static org.expmaster.webhook.rest.RestCalls.id;
import static org.expmaster.webhook.rest.RestCalls.webhook;
import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Checks the REST API as a whole: permissions, answers, and the order of the checks. */
class RestTest extends RestOnSqlite {
  @Test
  void everyRouteNeedsALoginAndTheKeyAndTheAuditAnAdmin() {
    assertFalse(rest.access.isEmpty());
    rest.access.forEach(
        (route, access) ->
            assertEquals(
                route.matches(".*(signing_key|audit).*") ? Access.ADMIN : Access.LOGGED_IN,
                access,
                route));
  }

  @Test
  void whatIsCreatedIsAnsweredAndListed() throws Exception {
    JsonNode created = calls.create(ADMIN, "mine", 0);
    assertTrue(created.path("id").longValue() > 0);
    assertEquals("mine", created.path("name").stringValue());
    assertEquals(created.path("id"), created.at("/triggers/0/webhookId"));
    assertEquals(List.of(created), calls.list(ADMIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=x"})
  void jsonIsReadWhateverTheHeaderSays(String contentType) throws Exception {
    JsonNode created =
        rest.call(
            ADMIN,
            "POST " + ALL,
            Map.of(),
            Map.of(),
            Map.of("content-type", contentType),
            webhook("mine", 0));
    assertEquals("mine", created.at("/webhook/name").stringValue());
  }

  @Test
  void permissionIsCheckedBeforeTheRestOfTheWebhook() {
    assertRefused(
        Reason.PERMISSION_DENIED,
        () -> rest.call(ANN, "POST " + ALL, Map.of(), "{\"workspaceId\": 4, \"url\": 1}"));
    assertRefused(
        Reason.PERMISSION_DENIED,
        () -> rest.call(ANN, "POST " + ALL, Map.of(), "{\"url\": \"nonsense\"}"));
    assertRefused(
        Reason.INVALID_ARGUMENT,
        () -> rest.call(ANN, "POST " + ALL, Map.of(), "{\"workspaceId\": 3, \"url\": 1}"));
  }

  @Test
  void whereToCreateMustExistAndWhoMayNotIsNotTold() {
    ApiException unknown =
        assertRefused(Reason.INVALID_ARGUMENT, () -> calls.create(ADMIN, "x", 99));
    assertTrue(unknown.getMessage().startsWith("workspaceId "), unknown.getMessage());
    assertRefused(Reason.PERMISSION_DENIED, () -> calls.create(ANN, "x", 99));
  }

  @Test
  void aUrlThatNothingWouldBeSentToIsNotKeptAndOnlyWhoMayCreateHearsOfIt() throws Exception {
    rest.urlCheck =
        url -> {
          throw ApiException.invalid("url leads to " + url.getHost());
        };
    ApiException refused =
        assertRefused(Reason.INVALID_ARGUMENT, () -> calls.create(ADMIN, "x", 0));
    assertTrue(refused.getMessage().startsWith("url leads to "), refused.getMessage());
    assertRefused(Reason.PERMISSION_DENIED, () -> calls.create(ANN, "x", 4));
    assertEquals(List.of(), calls.list(ADMIN));
  }

  @Test
  void aNameIsTakenOnceInEachWorkspaceAndNamelessOnesAreMany() throws Exception {
    calls.create(ADMIN, "mine", 3);
    ApiException taken = assertRefused(Reason.INVALID_ARGUMENT, () -> calls.create(ANN, "mine", 3));
    assertTrue(taken.getMessage().startsWith("name "), taken.getMessage());
    calls.create(ADMIN, "mine", 4);
    calls.create(ADMIN, "mine", 0);
    calls.create(ADMIN, "", 3);
    calls.create(ADMIN, "", 3);
    assertEquals(5, calls.list(ADMIN).size());
  }

  @Test
  void everyoneSeesThoseOfAllWorkspacesAndOfTheRestOnlyTheirOwn() throws Exception {
    calls.create(ADMIN, "all", 0);
    calls.create(ADMIN, "ann's", 3);
    calls.create(ADMIN, "bob's", 4);
    assertEquals(List.of("all", "ann's", "bob's"), names(calls.list(ADMIN)));
    assertEquals(List.of("all", "ann's"), names(calls.list(ANN)));
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, ''",
    "PATCH, ''",
    "POST, /test",
    "POST, /enable",
    "POST, /disable",
    "GET, /deliveries",
    "POST, /redeliver"
  })
  void whoMayNotEditMayNothingAndWhoMayNotSeeCannotTell(String method, String rest)
      throws Exception {
    String route = method + " " + ONE + rest;
    String all = id(calls.create(ADMIN, "", 0));
    String bobs = id(calls.create(ADMIN, "", 4));
    assertRefused(Reason.PERMISSION_DENIED, () -> calls.call(ANN, route, all));
    ApiException hidden = assertRefused(Reason.NOT_FOUND, () -> calls.call(ANN, route, bobs));
    ApiException none = assertRefused(Reason.NOT_FOUND, () -> calls.call(ANN, route, "999"));
    assertEquals(none.getMessage().replace("999", "ID"), hidden.getMessage().replace(bobs, "ID"));
    assertRefused(Reason.NOT_FOUND, () -> calls.call(ADMIN, route, "999"));
    assertRefused(Reason.NOT_FOUND, () -> calls.call(ADMIN, route, "nonsense"));
    assertEquals(2, calls.list(ADMIN).size());
    assertEquals(List.of(), this.rest.sent);
  }

  @Test
  void withoutALoginThereIsNothing() {
    assertRefused(Reason.UNAUTHENTICATED, () -> calls.list(null));
    assertRefused(Reason.UNAUTHENTICATED, () -> calls.create(null, "", 0));
    assertRefused(Reason.UNAUTHENTICATED, () -> calls.call(null, "DELETE " + ONE, "1"));
  }

  @Test
  void anOwnerDeletesTheirOwnOnce() throws Exception {
    String id = id(calls.create(ANN, "", 3));
    assertEquals("{}", calls.call(ANN, "DELETE " + ONE, id).toString());
    assertEquals(List.of(), calls.list(ADMIN));
    assertRefused(Reason.NOT_FOUND, () -> calls.call(ANN, "DELETE " + ONE, id));
  }

  @Test
  void oneThatIsDisabledSaysByWhomUntilItIsEnabled() throws Exception {
    String id = id(calls.create(ANN, "", 3));
    calls.call(ANN, "POST " + ONE + "/disable", id);
    JsonNode disabled = calls.list(ANN).get(0).path("health");
    assertEquals("2026-03-01T12:00:00Z", disabled.path("disabledAt").stringValue());
    assertEquals("disabled by ann", disabled.path("reason").stringValue());
    calls.call(ANN, "POST " + ONE + "/enable", id);
    assertTrue(calls.list(ANN).get(0).at("/health/disabledAt").isNull());
    assertEquals(List.of(Long.valueOf(id), Long.valueOf(id)), rest.decided, "each at once");
  }

  private static List<String> names(List<JsonNode> webhooks) {
    return webhooks.stream().map(webhook -> webhook.path("name").stringValue()).toList();
  }
}
