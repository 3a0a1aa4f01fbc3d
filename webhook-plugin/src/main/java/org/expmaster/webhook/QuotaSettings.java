package org.expmaster.webhook;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.SettingsException;
import org.expmaster.webhook.registry.Quotas;

/**
 * Upper limits on what users create and send.
 *
 * @param webhooks limits on the number of webhooks
 * @param triggersPerWebhook maximum number of triggers per webhook
 * @param alertsPerMinute maximum number of alerts delivered per experiment and minute
 * @param requestBytes maximum size of a request's body, in bytes
 */
record QuotaSettings(
    Quotas webhooks, int triggersPerWebhook, int alertsPerMinute, int requestBytes) {
  static final String TRIGGERS = "webhooks.max_triggers_per_webhook";
  static final String ALERTS = "webhooks.max_alerts_per_minute";
  static final String REQUEST = "webhooks.max_request_bytes";

  /** The names of these settings, without the prefix {@code webhooks.} */
  static final Set<String> NAMES =
      Stream.of(Quotas.PER_WORKSPACE, Quotas.IN_ALL, TRIGGERS, ALERTS, REQUEST)
          .map(path -> path.substring("webhooks.".length()))
          .collect(Collectors.toUnmodifiableSet());

  /** A minimal webhook needs a few hundred bytes. */
  private static final long LEAST_REQUEST = 4_096;

  private static final long MOST_REQUEST = 64L << 20;

  /**
   * Reads and checks the settings.
   *
   * @throws SettingsException if a value is out of range; names the setting's path
   */
  static QuotaSettings read(Settings settings) {
    int perWorkspace = count(settings, Quotas.PER_WORKSPACE, 5_000, 1, 1_000_000);
    int inAll = count(settings, Quotas.IN_ALL, 100_000, 1, 1_000_000);
    return new QuotaSettings(
        new Quotas(perWorkspace, inAll),
        count(settings, TRIGGERS, 500, 1, 100_000),
        count(settings, ALERTS, 3_000, 1, 1_000_000),
        count(settings, REQUEST, 1 << 20, LEAST_REQUEST, MOST_REQUEST));
  }

  private static int count(Settings settings, String path, long otherwise, long least, long most) {
    long count = settings.integer(path).orElse(otherwise);
    if (count < least || count > most) {
      throw new SettingsException(path, "is " + count + ", and must be " + least + " to " + most);
    }
    return (int) count;
  }
}
