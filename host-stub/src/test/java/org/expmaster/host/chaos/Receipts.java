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

/** A receiver that outlives every master, keeps all requests, and verifies every signature. */
final class Receipts implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PATH = "/hook";

  private final WebhookReceiver receiver;
  private String key;
  private long webhook;

  /** What one delivery with a valid signature contained. */
  record Receipt(long experimentId, String state, String eventId, Instant at) {}

  private Receipts(WebhookReceiver receiver) {
    this.receiver = receiver;
  }

  static Receipts start() throws IOException {
    return new Receipts(WebhookReceiver.start());
  }

  /** Returns a URL of this receiver. Requests to any path but its own are no receipts. */
  URI url(String path) {
    return receiver.url(path);
  }

  /** Answers after a random time from now on, so that a kill finds requests in flight. */
  void answerWithin(Duration atMost, Random dice) {
    Random delays = new Random(dice.nextLong());
    int millis = (int) atMost.toMillis();
    receiver.answer(any -> Answer.status(200).after(Duration.ofMillis(delays.nextInt(millis))));
  }

  /** Answers after this time from now on. */
  void answerAfter(Duration delay) {
    receiver.answer(any -> Answer.status(200).after(delay));
  }

  /** Waits until this many deliveries have come. */
  void await(int deliveries, Duration within) {
    receiver.await(deliveries, within);
  }

  /** Creates a webhook for all ends, waits until every master knows it, and reads the key. */
  void subscribe(Fleet fleet) {
    Api admin = fleet.admin(0);
    key =
        admin.get("/api/v1/master/config").ok().at("/config/security/webhook_signing_key").asText();
    webhook = subscribe(admin, url(PATH));
    // other masters learn of it within a second; ends before that need not be delivered
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

  /** Creates a webhook that delivers every end to this URL; returns its id. */
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

  /** Returns the id of this receiver's webhook. */
  long webhook() {
    return webhook;
  }

  /** Returns all receipts so far. Fails if a signature does not verify. */
  List<Receipt> all() {
    return receiver.received().stream()
        .filter(received -> received.path().equals(PATH))
        .map(this::verified)
        .toList();
  }

  /** Waits until this many more deliveries have come than there are now. */
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
