package org.expmaster.webhook;

import static org.expmaster.webhook.WrittenSettings.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.Settings;
import org.expmaster.webhook.egress.Network;
import org.expmaster.webhook.publish.CatchUp;
import org.expmaster.webhook.registry.Quotas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the settings are read. */
class WebhookSettingsTest {
  @Test
  void everyDefaultIsTheDocumentedOne() {
    assertEquals(
        new WebhookSettings(
            Optional.empty(),
            Duration.ofHours(24),
            Optional.empty(),
            1,
            512,
            32,
            4096,
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            List.of(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                Duration.ofMinutes(30),
                Duration.ofHours(1),
                Duration.ofHours(3),
                Duration.ofHours(6),
                Duration.ofHours(12)),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofDays(5),
            Duration.ofDays(7),
            Duration.ofDays(30),
            Duration.ofDays(30),
            Duration.ofDays(90),
            new CatchUp.Limits(Duration.ofMinutes(1), Duration.ofDays(7)),
            new EgressSettings(List.of(), Optional.empty()),
            new QuotaSettings(new Quotas(5_000, 100_000), 500, 3_000, 1_048_576)),
        read(Map.of()));
  }

  @Test
  void everySettingIsMapped() {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("base_url", "https://det.example/master");
    written.put("payload_version", 2);
    written.put("max_in_flight", 100);
    written.put("max_in_flight_per_webhook", 7);
    written.put("max_slow", 900);
    written.put("connect_timeout", "2s");
    written.put("request_timeout", "9s");
    written.put("retry_schedule", List.of("1s", "1d"));
    written.put("lease", "40s");
    written.put("poll_interval", "250ms");
    written.put("key_overlap", "2d");
    written.put("disable_after", "3d");
    written.put("keep_delivered", "1d");
    written.put("keep_dead", "90d");
    written.put("keep_waiting", "14d");
    written.put("keep_audit", "15d");
    written.put("catch_up_interval", "20s");
    written.put("catch_up_within", "2d");
    written.put("allowed_networks", List.of("10.0.0.0/8"));
    written.put("proxy", "http://proxy.internal:3128");
    written.put("max_webhooks_per_workspace", 20);
    written.put("max_webhooks", 21);
    written.put("max_triggers_per_webhook", 22);
    written.put("max_alerts_per_minute", 23);
    written.put("max_request_bytes", 65_536);
    assertEquals(
        new WebhookSettings(
            Optional.empty(),
            Duration.ofDays(2),
            Optional.of(URI.create("https://det.example/master")),
            2,
            100,
            7,
            900,
            Duration.ofSeconds(2),
            Duration.ofSeconds(9),
            List.of(Duration.ofSeconds(1), Duration.ofDays(1)),
            Duration.ofSeconds(40),
            Duration.ofMillis(250),
            Duration.ofDays(3),
            Duration.ofDays(1),
            Duration.ofDays(90),
            Duration.ofDays(14),
            Duration.ofDays(15),
            new CatchUp.Limits(Duration.ofSeconds(20), Duration.ofDays(2)),
            new EgressSettings(
                List.of(Network.parse("10.0.0.0/8")),
                Optional.of(URI.create("http://proxy.internal:3128"))),
            new QuotaSettings(new Quotas(20, 21), 22, 23, 65_536)),
        read(written));
  }

  @Test
  void otherSectionsAreNoneOfItsBusiness() {
    Map<String, Object> tree =
        Map.of("security", Map.of("tls", true), "webhooksx", 1, "database", Map.of("url", "x"));
    assertEquals(read(Map.of()), WebhookSettings.read(Settings.of(tree)));
  }

  @Test
  void anEmptyRetryScheduleMeansOneAttempt() {
    assertEquals(List.of(), read(Map.of("retry_schedule", List.of())).retrySchedule());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  void theBoundsOfCountsAreAllowed(int bound) {
    WebhookSettings settings =
        read(Map.of("max_in_flight", bound, "max_in_flight_per_webhook", bound, "max_slow", bound));
    assertEquals(bound, settings.maxInFlight());
    assertEquals(bound, settings.maxInFlightPerWebhook());
    assertEquals(bound, settings.maxSlow());
  }

  @ParameterizedTest
  @CsvSource({"1ms, 0.001", "365d, 31536000"})
  void theBoundsOfSpansAreAllowed(String written, double seconds) {
    Duration meant = Duration.ofMillis(Math.round(seconds * 1_000));
    WebhookSettings settings = read(Map.of("poll_interval", written, "connect_timeout", written));
    assertEquals(meant, settings.pollInterval());
    assertEquals(meant, settings.connectTimeout());
  }

  @ParameterizedTest
  @CsvSource({
    "https://det.example, https://det.example",
    "https://det.example/, https://det.example",
    "http://det.example:8080/sub//, http://det.example:8080/sub",
    "HTTPS://det.example, HTTPS://det.example",
    "http://[::1]:8080, http://[::1]:8080"
  })
  void theBaseUrlIsTakenWithoutTheSlashAtItsEnd(String written, URI meant) {
    assertEquals(Optional.of(meant), read(Map.of("base_url", written)).baseUrl());
  }
}
