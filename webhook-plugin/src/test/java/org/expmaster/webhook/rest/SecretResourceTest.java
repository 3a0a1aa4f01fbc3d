package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.rest.RestCalls.ONE;
import static org.expmaster.webhook.rest.RestCalls.assertRefused;
import static org.expmaster.webhook.rest.RestCalls.id;
import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.expmaster.webhook.rest.RestFixture.OVERLAP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Caller;
import org.expmaster.webhook.http.OutgoingRequest;
import org.expmaster.webhook.signing.WebhookSecrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A webhook's own secret over REST. */
class SecretResourceTest extends RestOnSqlite {
  private static final String SECRET = ONE + "/secret";
  private static final String ROTATE = "POST " + SECRET + "/rotate";
  private static final String IMMEDIATELY = "{\"immediately\": true}";

  @Test
  void whoMayEditAWebhookReadsTheSecretThatSignsItsDeliveries() throws Exception {
    JsonNode webhook = calls.create(ANN, "hers", 3);
    String secret = secret(ANN, webhook);
    test(webhook);
    verify(secret, 0);
    assertEquals(secret, secret(ADMIN, webhook));
  }

  @Test
  void aSecretIsItsWebhooksAloneAndInNoOtherAnswer() throws Exception {
    JsonNode first = calls.create(ADMIN, "first", 0);
    JsonNode second = calls.create(ADMIN, "second", 0);
    assertNotEquals(secret(ADMIN, first), secret(ADMIN, second));
    assertFalse((first + " " + calls.read(ADMIN, first) + calls.list(ADMIN)).contains("whsec_"));
  }

  @Test
  void whoMayOnlySeeAWebhookNeitherReadsNorRotatesItsSecret() throws Exception {
    JsonNode webhook = calls.create(ADMIN, "for all", 0);
    String secret = secret(ADMIN, webhook);
    assertRefused(Reason.PERMISSION_DENIED, () -> secret(ANN, webhook));
    assertRefused(Reason.PERMISSION_DENIED, () -> rotate(ANN, webhook, ""));
    assertEquals(secret, secret(ADMIN, webhook));
  }

  @Test
  void theSecretOfAWebhookThatOneMayNotSeeIsNotFound() throws Exception {
    JsonNode his = calls.create(ADMIN, "his", 4);
    assertRefused(Reason.NOT_FOUND, () -> secret(ANN, his));
    assertRefused(Reason.NOT_FOUND, () -> rotate(ANN, his, ""));
  }

  @Test
  void afterARotationBothSecretsSignUntilTheOverlapEnds() throws Exception {
    JsonNode webhook = calls.create(ADMIN, "", 0);
    String old = secret(ADMIN, webhook);

    JsonNode rotated = rotate(ADMIN, webhook, "");

    assertNotEquals(old, rotated.path("secret").asString());
    assertEquals(old, rotated.path("previousSecret").asString());
    assertEquals(
        rest.clock.instant().plus(OVERLAP).toString(), rotated.path("previousUntil").asString());
    assertEquals(rotated, calls.call(ADMIN, "GET " + SECRET, id(webhook)));
    test(webhook);
    verify(rotated.path("secret").asString(), 0);
    verify(old, 0);

    rest.clock.turn(OVERLAP);
    JsonNode after = calls.call(ADMIN, "GET " + SECRET, id(webhook));
    assertEquals(rotated.path("secret"), after.path("secret"));
    assertTrue(after.path("previousSecret").isNull() && after.path("previousUntil").isNull());
    test(webhook);
    assertEquals(2, signatures(1), "its own and the master's");
  }

  @Test
  void aSecondRotationWaitsForTheFirstToEndUnlessASecretHasLeaked() throws Exception {
    JsonNode webhook = calls.create(ADMIN, "", 0);
    JsonNode first = rotate(ADMIN, webhook, "");

    ApiException refused =
        assertRefused(Reason.FAILED_PRECONDITION, () -> rotate(ADMIN, webhook, "{}"));
    assertTrue(refused.getMessage().contains(first.path("previousUntil").asString()));
    assertEquals(first, calls.call(ADMIN, "GET " + SECRET, id(webhook)));

    JsonNode leaked = rotate(ADMIN, webhook, IMMEDIATELY);
    assertNotEquals(first.path("secret"), leaked.path("secret"));
    assertTrue(leaked.path("previousSecret").isNull());
    test(webhook);
    assertEquals(2, signatures(0), "its own and the master's");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"immediately\": 1}",
        "{\"immediately\": \"yes\"}",
        "{\"immediate\": true}",
        "[]",
        "no"
      })
  void anythingElseThanTrueOrFalseChangesNothing(String body) throws Exception {
    JsonNode webhook = calls.create(ADMIN, "", 0);
    String secret = secret(ADMIN, webhook);
    assertRefused(Reason.INVALID_ARGUMENT, () -> rotate(ADMIN, webhook, body));
    assertEquals(secret, secret(ADMIN, webhook));
  }

  @Test
  void aRotationIsNoEditAndAnEditNoRotation() throws Exception {
    JsonNode webhook = calls.create(ADMIN, "", 0);
    String secret = secret(ADMIN, webhook);
    calls.patch(ADMIN, webhook, "{\"url\": \"https://elsewhere.example\"}");
    assertEquals(secret, secret(ADMIN, webhook));
    rotate(ADMIN, webhook, "");
    assertEquals(2, calls.read(ADMIN, webhook).path("version").asInt());
  }

  @Test
  void aWebhookOfAnOlderVersionGetsItsSecretWhenSomebodyAsksForIt() throws Exception {
    JsonNode webhook = calls.create(ADMIN, "", 0);
    long id = webhook.path("id").asLong();
    rest.registry.updateSecrets(
        rest.registry.snapshot().find(id).orElseThrow(), WebhookSecrets.NONE);
    test(webhook);
    assertEquals(1, signatures(0), "the master's alone");

    String secret = secret(ADMIN, webhook);

    assertEquals(secret, secret(ADMIN, webhook));
    test(webhook);
    verify(secret, 1);
  }

  private String secret(Caller caller, JsonNode webhook) throws Exception {
    return calls.call(caller, "GET " + SECRET, id(webhook)).path("secret").asString();
  }

  private JsonNode rotate(Caller caller, JsonNode webhook, String body) throws Exception {
    return rest.call(caller, ROTATE, Map.of("id", id(webhook)), body);
  }

  private void test(JsonNode webhook) throws Exception {
    calls.call(ADMIN, "POST " + ONE + "/test", id(webhook));
  }

  private int signatures(int request) {
    return rest.sent.get(request).headers().get("webhook-signature").split(" ").length;
  }

  /** Checks that a request has a signature by the secret. */
  private void verify(String secret, int sent) throws Exception {
    OutgoingRequest request = rest.sent.get(sent);
    Map<String, String> headers = request.headers();
    byte[] key = Base64.getDecoder().decode(secret.replace("whsec_", ""));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update(
        (headers.get("webhook-id") + "." + headers.get("webhook-timestamp") + ".").getBytes(UTF_8));
    String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.body()));
    List<String> signatures = List.of(headers.get("webhook-signature").split(" "));
    assertTrue(signatures.contains(expected), () -> expected + " is not in " + signatures);
  }
}
