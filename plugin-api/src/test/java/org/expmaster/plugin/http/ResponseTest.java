package org.expmaster.plugin.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {
  @Test
  void jsonIsAnsweredWith200AsUtf8() {
    byte[] document = "{\"a\":\"é\"}".getBytes(UTF_8);
    Response response = Response.json(document);
    assertEquals(200, response.status());
    assertEquals(Map.of("Content-Type", "application/json; charset=UTF-8"), response.headers());
    assertArrayEquals(document, response.body());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404, 599})
  void aFinalStatusIsTaken(int status) {
    assertEquals(status, new Response(status, Map.of(), new byte[0]).status());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 100, 199, 600})
  void whatIsNoFinalStatusIsRefused(int status) {
    assertThrows(IllegalArgumentException.class, () -> new Response(status, Map.of(), new byte[0]));
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, 400, 3, InvalidArgument",
    "NOT_FOUND, 404, 5, NotFound",
    "PERMISSION_DENIED, 403, 7, PermissionDenied",
    "UNAUTHENTICATED, 401, 16, Unauthenticated",
    "INTERNAL, 500, 13, Internal"
  })
  void anErrorHasTheStatusTheCodeAndTheNameThatDeterminedsClientsKnow(
      ApiException.Reason reason, int status, int code, String wireName) {
    assertEquals(status, reason.status());
    assertEquals(code, reason.code());
    assertEquals(wireName, reason.wireName());
  }
}
