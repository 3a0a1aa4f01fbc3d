package org.expmaster.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Response;
import org.junit.jupiter.api.Test;

final class ErrorJsonTest {
  @Test
  void anErrorThatSaysWhenToTryAgainHasThatInAHeaderRoundedUp() {
    Response answer =
        ErrorJson.response(ApiException.exhausted("too many at once", Duration.ofMillis(2_001)));
    assertEquals(429, answer.status());
    assertEquals("3", answer.headers().get("Retry-After"));
    assertEquals(
        "{\"error\":{\"code\":8,\"reason\":\"ResourceExhausted\",\"error\":\"too many at once\"}}",
        new String(answer.body(), UTF_8));
  }

  @Test
  void anErrorThatDoesNotSayHasNoSuchHeader() {
    assertEquals(
        null, ErrorJson.response(ApiException.invalid("wrong")).headers().get("Retry-After"));
  }
}
