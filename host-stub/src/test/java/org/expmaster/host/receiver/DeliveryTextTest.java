package org.expmaster.host.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeliveryTextTest {
  private static DeliveryText text(Map<String, String> headers, String body) {
    return new DeliveryText(Deliveries.with(headers, body, Instant.EPOCH));
  }

  @Test
  void aHeaderThatMayHoldASecretIsOnlyNamed() {
    List<String> lines =
        text(
                Map.of(
                    "Authorization", "Basic c2VjcmV0",
                    "X-Api-Token", "secret",
                    "Content-Type", "application/json",
                    "Host", "localhost",
                    "Webhook-id", "the id"),
                "{}")
            .headers();
    assertEquals(
        List.of(
            "Content-Type: application/json",
            "webhook-id: the id",
            "values not shown: Authorization, X-api-token"),
        lines);
  }

  @Test
  void nothingInABodyReachesTheTerminalAsACommand() {
    String hostile = "{\"event_type\":\"\u001b[2J\\u009b2J\\u202e\", \"a\":\"\u0007\"} \u001b]0;x";
    DeliveryText delivery = text(Map.of("User-Agent", "x\u001b[1m"), hostile);
    String printed = delivery.event() + delivery.headers() + delivery.body();
    assertFalse(
        printed.chars().anyMatch(c -> c < ' ' && c != '\n' || c > 0x7e && c < 0xa0 || c == 0x202e),
        printed);
    assertTrue(printed.contains("\\u001b[2J"), printed);
  }

  @Test
  void namesInAnyScriptStayReadable() {
    assertTrue(text(Map.of(), "{\"name\":\"数字 éval 🚀\"}").body().contains("数字 éval 🚀"));
  }

  @Test
  void aLongBodyIsCutAndOneThatIsNotJsonIsShownAsItIs() {
    String body = text(Map.of(), "x".repeat(30_000)).body();
    assertEquals("x".repeat(20_000) + "\n… (cut)", body);
    assertEquals("a request without event_type", text(Map.of(), "x").event());
  }

  @Test
  void anEventOfCloudEventsIsNamedByItsType() {
    assertEquals("org.example.done", text(Map.of(), "{\"type\":\"org.example.done\"}").event());
  }
}
