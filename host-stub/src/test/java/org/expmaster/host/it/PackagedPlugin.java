package org.expmaster.host.it;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.WebhookReceiver;

/** The packaged plugin in packaged masters, and a receiver for what it sends. */
final class PackagedPlugin implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);
  static final String CONFIG = "/api/v1/master/config";
  static final String SECRET_PATH = "/services/T000/B000/verysecretpath";

  final WebhookReceiver receiver;
  private final Path directory;

  PackagedPlugin(Path directory) throws IOException {
    this.directory = directory;
    receiver = WebhookReceiver.start();
  }

  /** Starts a master with this configuration besides what every test needs. */
  MasterProcess start(Map<String, Object> more) throws IOException {
    return MasterProcess.start(directory, more);
  }

  /** Creates a webhook for the receiver. */
  void webhook(Api admin) {
    admin.post("/api/v1/webhooks", webhookFor(receiver.url(SECRET_PATH).toString())).ok();
  }

  /** Returns a webhook for ended experiments, as a client writes it. */
  static Map<String, Object> webhookFor(String url) {
    return Map.of(
        "url",
        url,
        "webhookType",
        "WEBHOOK_TYPE_DEFAULT",
        "triggers",
        Stream.of("COMPLETED", "ERROR")
            .map(
                state ->
                    Map.of(
                        "triggerType",
                        "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE",
                        "condition",
                        Map.of("state", state)))
            .toList());
  }

  /** Returns the signing key as an admin sees it. */
  static String key(Api admin) {
    return admin.get(CONFIG).ok().at("/config/security/webhook_signing_key").asText();
  }

  @Override
  public void close() {
    receiver.close();
  }
}
