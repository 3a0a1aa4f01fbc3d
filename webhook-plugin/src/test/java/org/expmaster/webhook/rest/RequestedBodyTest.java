package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_16;
import static org.expmaster.webhook.rest.RequestBodies.assertInvalid;
import static org.expmaster.webhook.rest.RequestBodies.check;
import static org.expmaster.webhook.rest.RequestBodies.complete;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.expmaster.plugin.http.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are no JSON, no object, or a burden. */
class RequestedBodyTest {
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
}
