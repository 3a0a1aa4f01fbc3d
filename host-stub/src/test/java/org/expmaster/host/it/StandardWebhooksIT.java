package org.expmaster.host.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Tools;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real deliveries, verified by the public Standard Webhooks libraries: the one for Java and, if
 * Node.js is installed, the one for JavaScript.
 */
final class StandardWebhooksIT {
  private static final String CONFIG = "/api/v1/master/config";

  /** The script's exit code if npm's registry does not answer. */
  private static final int NOT_REACHED = 3;

  @TempDir private Path directory;

  /** Returns 0 if the library accepts a delivery as signed with the secret, 1 if not. */
  private interface Library {
    int verify(Received received, String secret) throws Exception;
  }

  @Test
  void theLibraryForJavaVerifiesADeliveryAndDuringARotationByEitherKey() throws Exception {
    verifiesByEitherKey(StandardWebhooksIT::inJava);
  }

  @Test
  void theLibraryForJavaScriptVerifiesADeliveryAndDuringARotationByEitherKey() throws Exception {
    verifiesByEitherKey(this::inJavaScript);
  }

  private void verifiesByEitherKey(Library library) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        MasterProcess master = MasterProcess.start(directory, Map.of())) {
      Api admin = master.admin();
      String old = key(admin);
      admin.post("/api/v1/webhooks", webhookFor(receiver)).ok();
      Received before = tested(admin, receiver, 1);
      assertEquals(0, library.verify(before, secret(old)));
      assertEquals(1, library.verify(before, secret("another key of whoever it is")));

      admin.post(CONFIG + "/webhook_signing_key/rotate", "").ok();
      String next = admin.get(CONFIG).ok().at("/config/webhooks/next_signing_key").asText();
      assertNotEquals(old, next);
      Received during = tested(admin, receiver, 2);
      assertEquals(0, library.verify(during, secret(old)), "who has not heard of the new key yet");
      assertEquals(0, library.verify(during, secret(next)), "who has");
      assertEquals(1, library.verify(before, secret(next)), "it had no signature of the new key");
    }
  }

  @Test
  void theLibraryForJavaVerifiesADeliveryByTheWebhooksOwnSecretAndWhileThatRotates()
      throws Exception {
    verifiesByTheWebhooksOwn(StandardWebhooksIT::inJava);
  }

  @Test
  void theLibraryForJavaScriptVerifiesADeliveryByTheWebhooksOwnSecretAndWhileThatRotates()
      throws Exception {
    verifiesByTheWebhooksOwn(this::inJavaScript);
  }

  private void verifiesByTheWebhooksOwn(Library library) throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start();
        MasterProcess master = MasterProcess.start(directory, Map.of())) {
      Api admin = master.admin();
      for (int i = 0; i < 2; i++) {
        admin.post("/api/v1/webhooks", webhookFor(receiver)).ok();
      }
      String old = own(admin, 1);
      assertEquals(0, library.verify(tested(admin, receiver, 1), old));
      String now = admin.post("/api/v1/webhooks/1/secret/rotate", "").ok().get("secret").asText();
      Received during = tested(admin, receiver, 2);
      assertEquals(0, library.verify(during, old), "who has not heard of the new secret yet");
      assertEquals(0, library.verify(during, now), "who has");
      assertEquals(1, library.verify(during, own(admin, 2)), "the receiver of another webhook");
    }
  }

  private static String own(Api admin, long webhook) {
    return admin.get("/api/v1/webhooks/" + webhook + "/secret").ok().get("secret").asText();
  }

  /** Returns a key of the master in the form that the libraries take. */
  private static String secret(String key) {
    return "whsec_" + Base64.getEncoder().encodeToString(key.getBytes(UTF_8));
  }

  private static Received tested(Api admin, WebhookReceiver receiver, int count) {
    admin.post("/api/v1/webhooks/1/test", "").ok();
    return receiver.await(count, Duration.ofSeconds(30)).get(count - 1);
  }

  private static int inJava(Received received, String secret) {
    Webhook library = new Webhook(secret);
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
      headers.put(name, List.of(received.header(name)));
    }
    try {
      library.verify(new String(received.body(), UTF_8), headers);
      return 0;
    } catch (WebhookVerificationException refused) {
      return 1;
    }
  }

  private int inJavaScript(Received received, String secret) throws Exception {
    for (String tool : List.of("node", "npm")) {
      provided(Tools.find(tool).isPresent(), "there is no " + tool);
    }
    Map<String, Object> delivery =
        Map.of(
            "secret",
            secret,
            "headers",
            Map.of(
                "webhook-id", received.header("webhook-id"),
                "webhook-timestamp", received.header("webhook-timestamp"),
                "webhook-signature", received.header("webhook-signature")),
            "body",
            Base64.getEncoder().encodeToString(received.body()));
    Path file = directory.resolve("delivery.json");
    Files.writeString(file, new ObjectMapper().writeValueAsString(List.of(delivery)));
    Process process =
        new ProcessBuilder(
                "node",
                Path.of("..", "docs", "validate", "validate.mjs").toString(),
                Path.of("target", "validate").toString(),
                "standard",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.waitFor();
    // nothing that could be installed here would change that
    assumeTrue(status != NOT_REACHED, "the library was not asked: " + output);
    assertTrue(status == 0 || output.contains("No matching signature found"), output);
    return status;
  }

  private static void provided(boolean available, String otherwise) {
    String why = "the library was not asked: " + otherwise;
    if (!available && "true".equals(System.getenv("CI"))) {
      fail(why);
    }
    assumeTrue(available, why);
  }

  private static String key(Api admin) {
    return admin.get(CONFIG).ok().at("/config/security/webhook_signing_key").asText();
  }

  private static Map<String, Object> webhookFor(WebhookReceiver receiver) {
    return Map.of(
        "url",
        receiver.url("/hook").toString(),
        "webhookType",
        "WEBHOOK_TYPE_DEFAULT",
        "triggers",
        List.of(
            Map.of(
                "triggerType",
                "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                "condition",
                Map.of("state", "COMPLETED"))));
  }
}
