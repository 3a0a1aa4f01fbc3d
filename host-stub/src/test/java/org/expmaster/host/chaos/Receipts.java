package org.expmaster.host.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.expmaster.host.testing.WebhookReceiver.Received;

/** A receiver that outlives every master, keeps all that came, and trusts no signature. */
final class Receipts implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PATH = "/hook";

  private final WebhookReceiver receiver;
  private String key;

  /** What one delivery told, its signature verified. */
  record Receipt(long experimentId, String state, String eventId, Instant at) {}

  private Receipts(WebhookReceiver receiver) {
    this.receiver = receiver;
  }

  static Receipts start() throws IOException {
    return new Receipts(WebhookReceiver.start());
  }

  /** Where it receives; what comes to another path than its own is no receipt. */
  URI url(String path) {
    return receiver.url(path);
  }

  void answer(Function<Received, Answer> how) {
    receiver.answer(how);
  }

  /** Has every master tell this receiver of every end, and learns the key they will sign with. */
  void subscribe(Fleet fleet) {
    Api admin = fleet.admin(0);
    key =
        admin.get("/api/v1/master/config").ok().at("/config/security/webhook_signing_key").asText();
    long id = subscribe(admin, url(PATH));
    // the others follow within a second, and what ends before that is nothing they were asked for
    for (int i = 0; i < fleet.size(); i++) {
      Api master = fleet.admin(i);
      Wait.until("master " + i + " knows the webhook", SOON, () -> knows(master, id));
    }
  }

  private static boolean knows(Api master, long id) {
    for (JsonNode webhook : master.get("/api/v1/webhooks").ok().get("webhooks")) {
      if (webhook.get("id").asLong() == id) {
        return true;
      }
    }
    return false;
  }

  /** Asks a master to tell this URL of every end; returns the webhook's id. */
  static long subscribe(Api admin, URI url) {
    List<Map<String, Object>> triggers = List.of(trigger("COMPLETED"), trigger("ERROR"));
    Map<String, Object> webhook =
        Map.of("url", url.toString(), "webhookType", "WEBHOOK_TYPE_DEFAULT", "triggers", triggers);
    return admin.post("/api/v1/webhooks", webhook).ok().at("/webhook/id").asLong();
  }

  private static Map<String, Object> trigger(String state) {
    return Map.of(
        "triggerType", "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE", "condition", Map.of("state", state));
  }

  /** All so far. Fails if one of them is not signed as it must be. */
  List<Receipt> all() {
    return receiver.received().stream()
        .filter(received -> received.path().equals(PATH))
        .map(this::verified)
        .toList();
  }

  private Receipt verified(Received received) {
    String signed = received.header("X-Determined-AI-Signature-Timestamp") + "," + received.text();
    if (!hmac(signed).equals(received.header("X-Determined-AI-Signature"))) {
      throw new AssertionError("the signature does not verify: " + received.text());
    }
    try {
      JsonNode event = JSON.readTree(received.body());
      JsonNode experiment = event.at("/event_data/experiment");
      return new Receipt(
          experiment.get("id").asLong(),
          experiment.get("state").asText(),
          event.get("event_id").asText(),
          received.at());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    receiver.close();
  }
}
