package org.expmaster.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.SettingsException;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.publish.CatchUp;
import org.expmaster.webhook.signing.SigningKeys;

/**
 * The operator's settings and their defaults; README.md documents each.
 *
 * @param signingKeys the configured keys; if empty, one is generated once and stored
 * @param keyOverlap how long a new key is announced before it signs the documented headers, and how
 *     long a replaced key or secret signs the Standard Webhooks header after that
 * @param baseUrl the URL at which users reach the master, for links
 * @param payloadVersion the version of the event payload for webhooks that choose none
 * @param egress where requests may be sent
 * @param quotas upper limits on what users create and send
 */
record WebhookSettings(
    Optional<SigningKeys> signingKeys,
    Duration keyOverlap,
    Optional<URI> baseUrl,
    int payloadVersion,
    int maxInFlight,
    int maxInFlightPerWebhook,
    int maxSlow,
    Duration connectTimeout,
    Duration requestTimeout,
    List<Duration> retrySchedule,
    Duration lease,
    Duration pollInterval,
    Duration disableAfter,
    Duration keepDelivered,
    Duration keepDead,
    Duration keepWaiting,
    Duration keepAudit,
    CatchUp.Limits catchUp,
    EgressSettings egress,
    QuotaSettings quotas) {

  static final String BASE_URL = "webhooks.base_url";
  static final String PAYLOAD_VERSION = "webhooks.payload_version";

  private static final Set<String> NAMES =
      Set.of(
          "allowed_networks",
          "base_url",
          "catch_up_interval",
          "catch_up_within",
          "connect_timeout",
          "disable_after",
          "keep_audit",
          "keep_dead",
          "keep_delivered",
          "keep_waiting",
          "key_overlap",
          "lease",
          "max_in_flight",
          "max_in_flight_per_webhook",
          "max_slow",
          "next_signing_key",
          "payload_version",
          "poll_interval",
          "previous_signing_key",
          "proxy",
          "request_timeout",
          "retry_schedule",
          "signing_key");

  /**
   * Reads and checks the settings.
   *
   * @throws SettingsException if a setting is unknown or its value invalid; names its path
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
        SigningSettings.read(settings),
        positive(settings, "webhooks.key_overlap", Duration.ofHours(24)),
        baseUrl(settings),
        payloadVersion(settings),
        count(settings, "webhooks.max_in_flight", 512),
        count(settings, "webhooks.max_in_flight_per_webhook", 32),
        count(settings, "webhooks.max_slow", 4096),
        positive(settings, "webhooks.connect_timeout", Duration.ofSeconds(5)),
        request,
        retrySchedule(settings),
        lease,
        positive(settings, "webhooks.poll_interval", Duration.ofSeconds(1)),
        positive(settings, "webhooks.disable_after", Duration.ofDays(5)),
        positive(settings, "webhooks.keep_delivered", Duration.ofDays(7)),
        positive(settings, "webhooks.keep_dead", Duration.ofDays(30)),
        positive(settings, "webhooks.keep_waiting", Duration.ofDays(30)),
        positive(settings, "webhooks.keep_audit", Duration.ofDays(90)),
        new CatchUp.Limits(
            positive(settings, "webhooks.catch_up_interval", Duration.ofMinutes(1)),
            positive(settings, "webhooks.catch_up_within", Duration.ofDays(7))),
        EgressSettings.read(settings),
        QuotaSettings.read(settings));
  }

  /** Leaves room in a message for a link's text next to its URL. */
  private static final int LONGEST_BASE_URL = 500;

  /** Well within what timers can count: nanoseconds in a {@code long}. */
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
    Set<String> known = new TreeSet<>(NAMES);
    known.addAll(QuotaSettings.NAMES);
    for (String name : settings.names("webhooks")) {
      if (!known.contains(name)) {
        throw new SettingsException(
            "webhooks." + name,
            "is not a setting; under webhooks there are " + String.join(", ", known));
      }
    }
  }

  private static Optional<URI> baseUrl(Settings settings) {
    return settings
        .text(BASE_URL)
        .map(
            text -> {
              try {
                URI url = URI.create(text.replaceAll("/+$", ""));
                if (isBase(url) && text.length() <= LONGEST_BASE_URL) {
                  return url;
                }
              } catch (IllegalArgumentException notAUrl) {
                // rejected below, like every other invalid URL
              }
              // the URL is not repeated: the operator may have written a password into it
              throw new SettingsException(
                  BASE_URL,
                  "must be an http or https URL such as https://det.example/path, without a user,"
                      + " a query or a fragment, and of at most "
                      + LONGEST_BASE_URL
                      + " characters");
            });
  }

  private static boolean isBase(URI url) {
    boolean isWeb =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    return isWeb
        && url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }

  private static int payloadVersion(Settings settings) {
    long version = settings.integer(PAYLOAD_VERSION).orElse(1L);
    if (version < 1 || version > Payloads.NEWEST_VERSION) {
      throw new SettingsException(
          PAYLOAD_VERSION,
          "is " + version + ", and must be 1 (as documented here) or 2 (as Determined sends it)");
    }
    return (int) version;
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
