package org.expmaster.host.guides;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Signatures;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Received;

/**
 * A packaged master whose signing key and webhook's secret were rotated, and deliveries from before
 * the rotation, from its announcement and from after it.
 */
final class RotatedMaster implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);
  private static final String CONFIG = "/api/v1/master/config";

  /** Long enough for a delivery during it, on a busy machine. */
  private static final String OVERLAP = "10s";

  final MasterProcess master;
  final Api admin;
  final String oldKey;
  final String newKey;
  final String oldSecret;
  final String newSecret;
  final Request before;
  final Request during;
  final Request after;

  private RotatedMaster(MasterProcess master, WebhookReceiver recorder) {
    this.master = master;
    admin = master.admin();
    String secret = "/api/v1/webhooks/" + webhook("recorder", recorder.url("/hook")) + "/secret";
    oldKey = config("security/webhook_signing_key");
    oldSecret = admin.get(secret).ok().get("secret").asText();
    before = recorded(recorder, 1);
    admin.post(CONFIG + "/webhook_signing_key/rotate", "").ok();
    newKey = config("webhooks/next_signing_key");
    newSecret = admin.post(secret + "/rotate", "").ok().get("secret").asText();
    during = recorded(recorder, 2);
    Wait.until(
        "the new key signs", SOON, () -> config("security/webhook_signing_key").equals(newKey));
    after = recorded(recorder, 3);
  }

  static RotatedMaster start(Path directory) throws IOException {
    MasterProcess master =
        MasterProcess.start(directory, Map.of("webhooks", Map.of("key_overlap", OVERLAP)));
    try (WebhookReceiver recorder = WebhookReceiver.start()) {
      return new RotatedMaster(master, recorder);
    } catch (Throwable e) {
      master.close();
      throw e;
    }
  }

  private Request recorded(WebhookReceiver recorder, int count) {
    experimentThatNames("recorder");
    return Request.of(recorder.await(count, SOON).get(count - 1));
  }

  private String config(String path) {
    return admin.get(CONFIG).ok().at("/config/" + path).asText();
  }

  /** Creates a webhook for the experiments that name it, and returns its id. */
  long webhook(String name, URI url) {
    Map<String, Object> webhook =
        Map.of(
            "name",
            name,
            "url",
            url.toString(),
            "webhookType",
            "WEBHOOK_TYPE_DEFAULT",
            "mode",
            "WEBHOOK_MODE_SPECIFIC",
            "triggers",
            List.of(
                Map.of(
                    "triggerType",
                    "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                    "condition",
                    Map.of("state", "COMPLETED"))));
    return admin.post("/api/v1/webhooks", webhook).ok().at("/webhook/id").asLong();
  }

  /** Returns the secret of a webhook that has sent nothing. */
  String anotherSecret() {
    long another = webhook("", URI.create("http://127.0.0.1:9/hook"));
    return admin.get("/api/v1/webhooks/" + another + "/secret").ok().get("secret").asText();
  }

  /** Runs an experiment to its end, of which the webhook is told. */
  void experimentThatNames(String webhook) {
    admin.experiment(
        "name: größe 实验 🎉\nentrypoint: exit 0\n"
            + ("integrations: {webhooks: {webhook_name: [" + webhook + "]}}\n"));
  }

  /** Waits until a receiver has accepted this many deliveries of a webhook. */
  void awaitDelivered(long webhook, int count) {
    String path = "/api/v1/webhooks/" + webhook + "/deliveries";
    Wait.until(
        () -> "accepted: " + admin.get(path).http().body(),
        SOON,
        () -> admin.get(path + "?state=DELIVERED").ok().at("/deliveries").size() >= count);
  }

  /** A request to a receiver. */
  record Request(Map<String, String> headers, String body) {
    private static final List<String> HEADERS =
        List.of(
            "X-Determined-AI-Signature-Timestamp",
            "X-Determined-AI-Signature",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "Content-Type");

    static Request of(Received received) {
      Map<String, String> headers = new LinkedHashMap<>();
      HEADERS.forEach(name -> headers.put(name, received.header(name)));
      return new Request(headers, received.text());
    }

    /** Returns a request as a holder of the key signs it at this time, in both headers. */
    static Request signed(byte[] key, Instant at, String body) throws Exception {
      String seconds = "" + at.getEpochSecond();
      String id = "1ac7d0b2-a4af-458b-a099-2326240088f6";
      String documented = Signatures.sign(new String(key, UTF_8), seconds, body.getBytes(UTF_8));
      String standard = new Webhook(key).sign(id, at.getEpochSecond(), body);
      List<String> values =
          List.of(seconds, documented, id, seconds, standard, "application/json; charset=UTF-8");
      Map<String, String> headers = new LinkedHashMap<>();
      for (int i = 0; i < HEADERS.size(); i++) {
        headers.put(HEADERS.get(i), values.get(i));
      }
      return new Request(headers, body);
    }

    Request withBody(String other) {
      return new Request(headers, other);
    }
  }

  @Override
  public void close() {
    master.close();
  }
}
