package org.expmaster.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonBodyTest {

  private static JsonBody body(String text) {
    return JsonBody.of(
        new Request(
            "POST", "/", Map.of(), Map.of(), Map.of(), text.getBytes(UTF_8), Optional.empty()));
  }

  @Test
  void camelCaseAndSnakeCaseAreReadAndUnknownFieldsAreIgnored() {
    assertEquals(Optional.of(true), body("{\"isHashed\":true,\"x\":[]}").bool("isHashed"));
    assertEquals(Optional.of(true), body("{\"is_hashed\":true}").bool("isHashed"));
    assertEquals(Optional.empty(), body("{\"is_hashed\":null}").bool("isHashed"));
    assertEquals(Optional.empty(), body("").bool("isHashed"));
  }

  @Test
  void aWholeNumberMayBeWrittenAsText() {
    assertEquals(Optional.of(7L), body("{\"project_id\":\"7\"}").integer("projectId"));
    assertEquals(Optional.of(7L), body("{\"projectId\":7}").integer("projectId"));
  }

  @Test
  void whatIsOfAnotherTypeIsNamedByItsPath() {
    JsonBody user =
        body("{\"user\":{\"name\":[1],\"age\":1.5,\"nul\":\"\\u0000\"}}")
            .object("user")
            .orElseThrow();
    assertError("user.name must be text", () -> user.text("name"));
    assertError("user.age must be a whole number", () -> user.integer("age"));
    assertError("user.nul must be text", () -> user.text("nul"));
    assertError("user.who must be text, and not empty", () -> user.requiredText("who"));
  }

  private static void assertError(String text, org.junit.jupiter.api.function.Executable what) {
    assertEquals(text, assertThrows(ApiException.class, what).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "null", "1", "\"x\"", "{\"a\":}", "{'a':1}", "\u0000"})
  void whatIsNoJsonObjectIsInvalid(String text) {
    ApiException failure = assertThrows(ApiException.class, () -> body(text));
    assertEquals(ApiException.Reason.INVALID_ARGUMENT, failure.reason());
  }

  @Test
  void jsonThatIsNestedWithoutEndIsInvalid() {
    ApiException failure = assertThrows(ApiException.class, () -> body("{\"a\":".repeat(100_000)));
    assertTrue(failure.getMessage().contains("nesting depth"), failure.getMessage());
  }
}
