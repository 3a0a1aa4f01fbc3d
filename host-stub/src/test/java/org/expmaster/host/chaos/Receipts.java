package org.expmaster.host.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Signatures;
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
  private long webhook;

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

  /** From now on takes a random while for each answer, so that a kill finds some under way. */
  void answerWithin(Duration atMost, Random dice) {
    Random delays = new Random(dice.nextLong());
    int millis = (int) atMost.toMillis();
    receiver.answer(any -> Answer.status(200).after(Duration.ofMillis(delays.nextInt(millis))));
  }

  /** From now on takes that long for each answer. */
  void answerAfter(Duration delay) {
    receiver.answer(any -> Answer.status(200).after(delay));
  }

  /** Waits until so many have come. */
  void await(int deliveries, Duration within) {
    receiver.await(deliveries, within);
  }

  /** Has every master tell this receiver of every end, and learns the key they will sign with. */
  void subscribe(Fleet fleet) {
    Api admin = fleet.admin(0);
    key =
        admin.get("/api/v1/master/config").ok().at("/config/security/webhook_signing_key").asText();
    webhook = subscribe(admin, url(PATH));
    // the others follow within a second, and what ends before that is nothing they were asked for
    for (int i = 0; i < fleet.size(); i++) {
      Api master = fleet.admin(i);
      Wait.until("master " + i + " knows the webhook", SOON, () -> knows(master));
    }
  }

  private boolean knows(Api master) {
    for (JsonNode known : master.get("/api/v1/webhooks").ok().get("webhooks")) {
      if (known.get("id").asLong() == webhook) {
        return true;
      }
    }
    return false;
  }

  /** Asks a master to tell this URL of every end; returns the webhook's id. */
  static long subscribe(Api admin, URI url) {
    List<Map<String, Object>> triggers = List.of(trigger("COMPLETED"), trigger("ERROR"));
    Map<String, Object> body =
        Map.of("url", url.toString(), "webhookType", "WEBHOOK_TYPE_DEFAULT", "triggers", triggers);
    return admin.post("/api/v1/webhooks", body).ok().at("/webhook/id").asLong();
  }

  private static Map<String, Object> trigger(String state) {
    return Map.of(
        "triggerType", "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE", "condition", Map.of("state", state));
  }

  /** The webhook that tells it. */
  long webhook() {
    return webhook;
  }

  /** All so far. Fails if one of them is not signed as it must be. */
  List<Receipt> all() {
    return receiver.received().stream()
        .filter(received -> received.path().equals(PATH))
        .map(this::verified)
        .toList();
  }

  /** Waits until so many more have come than there are now. */
  void awaitMore(int deliveries, Duration within) {
    receiver.await(receiver.received().size() + deliveries, within);
  }

  private Receipt verified(Received received) {
    if (!Signatures.verifies(received, received.body(), key)) {
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

  @Override
  public void close() {
    receiver.close();
  }
}
