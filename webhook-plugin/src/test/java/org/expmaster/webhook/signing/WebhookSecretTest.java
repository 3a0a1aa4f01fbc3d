package org.expmaster.webhook.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {
  private static final Instant NOW = Instant.now();
  private static final String BODY = "{\"name\":\"实验 🎉\"}";
  private static final String MASTERS_KEY = "0123456789abcdef0123456789abcdef";

  private final WebhookSecrets secrets = WebhookSecrets.generated();

  @Test
  void aSecretIs32BytesAsStandardWebhooksWritesThemAndNeverTheSame() {
    Set<String> made =
        Stream.generate(WebhookSecret::random)
            .limit(100)
            .map(WebhookSecret::reveal)
            .collect(Collectors.toSet());
    assertEquals(100, made.size());
    for (String secret : made) {
      assertTrue(secret.startsWith("whsec_"));
      assertEquals(32, Base64.getDecoder().decode(secret.substring(6)).length);
    }
  }

  @Test
  void aPublicLibraryVerifiesByTheSecretAndByTheMastersKey() throws Exception {
    Map<String, String> headers = headers(secrets, NOW);
    verify(reveal(secrets), headers);
    verify(Base64.getEncoder().encodeToString(MASTERS_KEY.getBytes(UTF_8)), headers);
  }

  @Test
  void theWebhooksOwnSignatureIsTheFirst() {
    String own = headers(secrets, NOW).get("webhook-signature").split(" ")[0];
    assertEquals(
        headers(WebhookSecrets.NONE, NOW).get("webhook-signature"),
        headers(secrets, NOW).get("webhook-signature").substring(own.length() + 1));
  }

  @Test
  void theDocumentedSignatureIsTheMastersWhateverTheSecret() {
    String documented = "X-Determined-AI-Signature";
    assertEquals(
        headers(WebhookSecrets.NONE, NOW).get(documented), headers(secrets, NOW).get(documented));
  }

  @Test
  void theReceiverOfAnotherWebhookCannotVerify() {
    Map<String, String> headers = headers(secrets, NOW);
    String another = reveal(WebhookSecrets.generated());
    assertThrows(WebhookVerificationException.class, () -> verify(another, headers));
  }

  @Test
  void afterARotationEitherSecretVerifiesUntilTheOverlapEnds() throws Exception {
    WebhookSecrets rotated = secrets.rotated(NOW.plus(Duration.ofHours(1)));
    verify(reveal(rotated), headers(rotated, NOW));
    verify(reveal(secrets), headers(rotated, NOW));

    Map<String, String> later = headers(rotated, NOW.plus(Duration.ofHours(1)));
    assertEquals(2, later.get("webhook-signature").split(" ").length, "its own and the master's");
  }

  @Test
  void aMasterWhoseClockIsWrongKeepsToTheTimeThatAllShare() {
    WebhookSecrets rotated = secrets.rotated(NOW.plus(Duration.ofHours(1)));
    Clock wrong = Clock.fixed(NOW.plus(Duration.ofHours(2)), ZoneOffset.UTC);
    Map<String, String> headers =
        new Signer(
                SigningKeys.only(SigningKey.of(MASTERS_KEY)),
                wrong,
                Clock.fixed(NOW, ZoneOffset.UTC))
            .headers("event-1", BODY.getBytes(UTF_8), rotated);
    assertEquals(3, headers.get("webhook-signature").split(" ").length);
    assertEquals("" + wrong.instant().getEpochSecond(), headers.get("webhook-timestamp"));
  }

  @Test
  void aSecretDoesNotShowItselfUnlessItIsAskedTo() {
    WebhookSecrets rotated = secrets.rotated(NOW);
    String shown = rotated + " " + List.of(rotated);
    assertFalse(shown.contains(reveal(secrets)) || shown.contains(reveal(rotated)), shown);
  }

  private static String reveal(WebhookSecrets secrets) {
    return secrets.current().orElseThrow().reveal();
  }

  private static Map<String, String> headers(WebhookSecrets secrets, Instant at) {
    return new Signer(SigningKeys.only(SigningKey.of(MASTERS_KEY)), Clock.fixed(at, ZoneOffset.UTC))
        .headers("event-1", BODY.getBytes(UTF_8), secrets);
  }

  private static void verify(String secret, Map<String, String> headers)
      throws WebhookVerificationException {
    new Webhook(secret)
        .verify(
            BODY,
            headers.entrySet().stream()
                .collect(
                    Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))));
  }
}
