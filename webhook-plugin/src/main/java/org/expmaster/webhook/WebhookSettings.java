package org.expmaster.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.SettingsException;
import org.expmaster.webhook.signing.SigningKey;

/**
 * What the operator can set, with every default. README.md explains each.
 *
 * @param signingKey the configured key; empty: one is made once and kept
 * @param baseUrl where people reach the master, for links
 */
record WebhookSettings(
    Optional<SigningKey> signingKey,
    Optional<URI> baseUrl,
    int maxInFlight,
    int maxInFlightPerWebhook,
    Duration connectTimeout,
    Duration requestTimeout,
    List<Duration> retrySchedule,
    Duration lease,
    Duration pollInterval) {

  static final String SIGNING_KEY = "security.webhook_signing_key";
  static final String SIGNING_KEY_ALIAS = "webhooks.signing_key";
  static final String BASE_URL = "webhooks.base_url";

  private static final Set<String> NAMES =
      new TreeSet<>(
          Set.of(
              "base_url",
              "connect_timeout",
              "lease",
              "max_in_flight",
              "max_in_flight_per_webhook",
              "poll_interval",
              "request_timeout",
              "retry_schedule",
              "signing_key"));

  /**
   * Reads and checks the settings.
   *
   * @throws SettingsException naming the path of what is unknown, of a wrong type, or not allowed
   */
  static WebhookSettings read(Settings settings) {
    refuseUnknown(settings);
    Duration request = positive(settings, "webhooks.request_timeout", Duration.ofSeconds(15));
    Duration lease = positive(settings, "webhooks.lease", Duration.ofMinutes(1));
    if (lease.compareTo(request.multipliedBy(2)) < 0) {
      throw new SettingsException(
          "webhooks.lease",
          "is "
              + words(lease)
              + ", and must be at least twice webhooks.request_timeout ("
              + words(request)
              + "): a delivery still under way would be sent again");
    }
    return new WebhookSettings(
        signingKey(settings),
        baseUrl(settings),
        count(settings, "webhooks.max_in_flight", 512),
        count(settings, "webhooks.max_in_flight_per_webhook", 32),
        positive(settings, "webhooks.connect_timeout", Duration.ofSeconds(5)),
        request,
        retrySchedule(settings),
        lease,
        positive(settings, "webhooks.poll_interval", Duration.ofSeconds(1)));
  }

  /** Within what nanoseconds in a long can count, which timers do. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final List<Duration> DEFAULT_RETRIES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12));

  private static void refuseUnknown(Settings settings) {
    for (String name : settings.names("webhooks")) {
      if (!NAMES.contains(name)) {
        throw new SettingsException(
            "webhooks." + name,
            "is not a setting; under webhooks there are " + String.join(", ", NAMES));
      }
    }
  }

  private static Optional<SigningKey> signingKey(Settings settings) {
    Optional<String> key = settings.secret(SIGNING_KEY);
    Optional<String> alias = settings.secret(SIGNING_KEY_ALIAS);
    if (key.isPresent() && alias.isPresent() && !key.equals(alias)) {
      throw new SettingsException(
          SIGNING_KEY, "and " + SIGNING_KEY_ALIAS + " are both set, and differ; set one of them");
    }
    String path = key.isPresent() ? SIGNING_KEY : SIGNING_KEY_ALIAS;
    return key.or(() -> alias)
        .map(
            text -> {
              if (text.isBlank()) {
                throw new SettingsException(
                    path, "is empty; write a key, or leave it out to have one made");
              }
              return SigningKey.of(text);
            });
  }

  private static Optional<URI> baseUrl(Settings settings) {
    return settings
        .text(BASE_URL)
        .map(
            text -> {
              try {
                URI url = URI.create(text.replaceAll("/+$", ""));
                if (url.getHost() != null
                    && ("http".equalsIgnoreCase(url.getScheme())
                        || "https".equalsIgnoreCase(url.getScheme()))) {
                  return url;
                }
              } catch (IllegalArgumentException notAUrl) {
                // told below, with every other wrong one
              }
              throw new SettingsException(
                  BASE_URL,
                  "is " + text + ", and must be an http or https URL such as https://det.example");
            });
  }

  private static int count(Settings settings, String path, int otherwise) {
    long count = settings.integer(path).orElse((long) otherwise);
    if (count < 1 || count > 100_000) {
      throw new SettingsException(path, "is " + count + ", and must be 1 to 100000");
    }
    return (int) count;
  }

  private static Duration positive(Settings settings, String path, Duration otherwise) {
    Duration span = settings.duration(path).orElse(otherwise);
    if (span.isZero()) {
      throw new SettingsException(path, "is zero, and must be longer");
    }
    return bounded(path, span);
  }

  private static List<Duration> retrySchedule(Settings settings) {
    String path = "webhooks.retry_schedule";
    List<Duration> spans = settings.durations(path).orElse(DEFAULT_RETRIES);
    for (int i = 0; i < spans.size(); i++) {
      bounded(path + "[" + i + "]", spans.get(i));
    }
    return spans;
  }

  private static Duration bounded(String path, Duration span) {
    if (span.compareTo(LONGEST) > 0) {
      throw new SettingsException(path, "is longer than " + LONGEST.toDays() + "d, the longest");
    }
    return span;
  }

  private static String words(Duration span) {
    return span.toMillis() % 1000 == 0 ? span.toSeconds() + "s" : span.toMillis() + "ms";
  }
}
