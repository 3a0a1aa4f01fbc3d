package org.expmaster.plugin.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.http.ApiException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
  @Test
  void anIdInThePathIsReadAsANumber() {
    assertEquals(17, withId("17").pathId("id"));
    assertEquals(Long.MAX_VALUE, withId("9223372036854775807").pathId("id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "x", "1.0", "1e3", " 1", "9223372036854775808", "0x10"})
  void anIdThatNothingCanHaveIsNotFound(String id) {
    ApiException refused = assertThrows(ApiException.class, () -> withId(id).pathId("id"));
    assertEquals(Reason.NOT_FOUND, refused.reason());
    assertTrue(refused.getMessage().startsWith("id "), refused.getMessage());
  }

  @Test
  void anIdThatTheRouteDoesNotNameIsNotFound() {
    ApiException refused = assertThrows(ApiException.class, () -> withId("1").pathId("other"));
    assertEquals(Reason.NOT_FOUND, refused.reason());
  }

  @Test
  void aHeaderIsFoundWhateverTheCaseOfItsName() {
    Request request = request(Map.of(), Map.of("content-type", "text/plain"), Optional.empty());
    assertEquals(Optional.of("text/plain"), request.header("Content-Type"));
    assertEquals(Optional.of("text/plain"), request.header("CONTENT-TYPE"));
    assertEquals(Optional.empty(), request.header("Content"));
  }

  @Test
  void theFirstValueOfAQueryParameterCounts() {
    Map<String, List<String>> query = Map.of("a", List.of("1", "2"), "none", List.of());
    Request request = request(query, Map.of(), Optional.empty());
    assertEquals(Optional.of("1"), request.queryParameter("a"));
    assertEquals(Optional.empty(), request.queryParameter("none"));
    assertEquals(Optional.empty(), request.queryParameter("b"));
  }

  @Test
  void theCallerIsKnownOrToldToLogIn() {
    Caller caller = new Caller(3, "ann", false);
    assertEquals(caller, request(Map.of(), Map.of(), Optional.of(caller)).requireCaller());
    ApiException refused =
        assertThrows(
            ApiException.class, request(Map.of(), Map.of(), Optional.empty())::requireCaller);
    assertEquals(Reason.UNAUTHENTICATED, refused.reason());
  }

  @Test
  void itDoesNotFollowTheMapsItWasMadeFrom() {
    Map<String, String> headers = new HashMap<>(Map.of("a", "1"));
    Request request = request(Map.of(), headers, Optional.empty());
    headers.put("a", "2");
    assertEquals(Optional.of("1"), request.header("a"));
  }

  private static Request withId(String id) {
    return new Request(
        "GET", "/", Map.of("id", id), Map.of(), Map.of(), new byte[0], Optional.empty());
  }

  private static Request request(
      Map<String, List<String>> query, Map<String, String> headers, Optional<Caller> caller) {
    return new Request("GET", "/", Map.of(), query, headers, new byte[0], caller);
  }
}
