package org.expmaster.host.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTableTest {
  private final RouteTable table = new RouteTable();
  private final Routes routes = table.of("me");

  @BeforeEach
  void open() {
    table.open("me");
  }

  private void add(String method, String path) {
    add(routes, method, path);
  }

  private static void add(Routes routes, String method, String path) {
    routes.add(method, path, Access.PUBLIC, request -> Response.json(new byte[0]));
  }

  private String found(String method, String path) throws Exception {
    Route.Match match = table.find(method, path);
    return "/" + String.join("/", match.route().path().segments()) + match.pathParameters();
  }

  @Test
  void aLiteralSegmentWinsOverANameInWhicheverOrderTheyWereAdded() throws Exception {
    add("POST", "/w/{id}/{what}");
    add("POST", "/w/{id}");
    add("POST", "/w/custom");
    add("POST", "/w/{id}/test");
    add("POST", "/w/custom/{what}");
    assertEquals("/w/custom{}", found("POST", "/w/custom"));
    assertEquals("/w/{id}{id=7}", found("POST", "/w/7"));
    assertEquals("/w/{id}/test{id=7}", found("POST", "/w/7/test"));
    assertEquals("/w/custom/{what}{what=test}", found("POST", "/w/custom/test"));
    assertEquals(Map.of("id", "7", "what", "x"), table.find("POST", "/w/7/x").pathParameters());
  }

  @Test
  void aNameDoesNotTakeTheOtherMethodsOfALiteralSegment() throws Exception {
    add("GET", "/w/{id}");
    add("POST", "/w/custom");
    add("PUT", "/w/custom");
    assertEquals("/w/custom{}", found("PUT", "/w/custom"));
    var refusal =
        assertThrows(RouteTable.MethodNotAllowed.class, () -> table.find("GET", "/w/custom"));
    assertEquals("POST, PUT", refusal.allow());
  }

  @Test
  void aKnownPathWithAnotherMethodSaysWhichItAnswers() {
    add("GET", "/w/{id}");
    add("DELETE", "/w/{id}");
    var refusal = assertThrows(RouteTable.MethodNotAllowed.class, () -> table.find("POST", "/w/1"));
    assertEquals("DELETE, GET, HEAD", refusal.allow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/w", "/w/", "/w//", "/w/1/", "/w/1/2", "w/1", ""})
  void nothingElseMatches(String path) {
    add("GET", "/w/{id}");
    var refusal = assertThrows(ApiException.class, () -> table.find("GET", path));
    assertEquals(ApiException.Reason.NOT_FOUND, refusal.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "w", "/w/", "/w//x", "/{}", "/{a}b", "/a b", "/w/*", "/{1}"})
  void aPathThatIsNoTemplateIsRefused(String path) {
    assertThrows(IllegalArgumentException.class, () -> add("GET", path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "HEAD", "OPTIONS", ""})
  void aMethodOfAnotherKindIsRefused(String method) {
    assertThrows(IllegalArgumentException.class, () -> add(method, "/w"));
  }

  @Test
  void aRouteThatIsTakenIsRefusedWhateverItsNames() {
    add("GET", "/w/{id}");
    Routes other = table.of("other");
    var refusal =
        assertThrows(IllegalStateException.class, () -> add(other, "GET", "/w/{webhook}"));
    assertEquals("GET /w/{webhook} is taken by me", refusal.getMessage());
  }

  @Test
  void aRouteAnswersOnlyWhileItsOwnerIsOpen() throws Exception {
    Routes plugin = table.of("plugin");
    add(plugin, "GET", "/p");
    assertThrows(ApiException.class, () -> table.find("GET", "/p"));
    table.open("plugin");
    assertEquals("/p{}", found("GET", "/p"));
    table.withdraw("plugin");
    assertThrows(ApiException.class, () -> table.find("GET", "/p"));
    add("GET", "/p");
    assertTrue(found("GET", "/p").startsWith("/p"), "it is free for others");
  }

  @Test
  void aSuspendedOwnersRoutesSayThatItIsAwayUntilItOpensOthersOrIsWithdrawn() throws Exception {
    Routes plugin = table.of("plugin");
    add(plugin, "GET", "/p");
    add(plugin, "GET", "/q");
    table.open("plugin");
    table.suspend("plugin", "it is away");
    assertEquals(List.of(), table.list());
    Route.Match away = table.find("GET", "/p");
    var refusal = assertThrows(ApiException.class, () -> away.route().handler().handle(null, null));
    assertEquals("it is away", refusal.getMessage());
    assertEquals(ApiException.Reason.UNAVAILABLE, refusal.reason());
    assertEquals(Optional.of(Duration.ofSeconds(5)), refusal.retryAfter());

    add(plugin, "GET", "/p");
    table.suspend("plugin", "it did not start, and the new route was never open");
    assertEquals("it is away", assertThrows(ApiException.class, this::callP).getMessage());

    add(plugin, "GET", "/p");
    table.open("plugin");
    callP();
    assertThrows(ApiException.class, () -> table.find("GET", "/q"), "the new version has no /q");
    table.suspend("plugin", "it is away again");
    table.withdraw("plugin");
    assertThrows(ApiException.class, () -> table.find("GET", "/p"));
  }

  @Test
  void aRouteOfASuspendedOwnerIsFreeForOthers() throws Exception {
    Routes plugin = table.of("plugin");
    add(plugin, "GET", "/p");
    table.open("plugin");
    table.suspend("plugin", "it is away");
    add("GET", "/p");
    callP();
    assertEquals(List.of("GET /p"), table.list());
  }

  private void callP() throws Exception {
    table.find("GET", "/p").route().handler().handle(null, null);
  }
}
