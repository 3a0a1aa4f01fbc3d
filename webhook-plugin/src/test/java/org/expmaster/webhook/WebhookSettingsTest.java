package org.expmaster.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.SettingsException;
import org.expmaster.webhook.egress.Network;
import org.expmaster.webhook.registry.Quotas;
import org.expmaster.webhook.signing.SigningKey;
import org.expmaster.webhook.signing.SigningKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {
  private static final String KEY = "correct-horse-battery";

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
            new EgressSettings(
                List.of(Network.parse("10.0.0.0/8")),
                Optional.of(URI.create("http://proxy.internal:3128"))),
            new QuotaSettings(new Quotas(20, 21), 22, 23, 65_536)),
        read(written));
  }

  @Test
  void theKeyIsReadWhereTheDocumentationHasIt() {
    WebhookSettings settings =
        WebhookSettings.read(Settings.of(Map.of("security", Map.of("webhook_signing_key", KEY))));
    assertEquals(Optional.of(KEY), revealed(settings));
  }

  @Test
  void theKeyIsReadWhereLaterVersionsHaveItToo() {
    assertEquals(Optional.of(KEY), revealed(read(Map.of("signing_key", KEY))));
  }

  @Test
  void theSameKeyInBothPlacesIsOneKey() {
    WebhookSettings settings = WebhookSettings.read(keys(KEY, KEY));
    assertEquals(Optional.of(KEY), revealed(settings));
  }

  @Test
  void thePreviousKeyGoesWithAConfiguredOneOnly() {
    assertEquals(
        Optional.of("old"),
        read(Map.of("signing_key", KEY, "previous_signing_key", "old"))
            .signingKeys()
            .flatMap(SigningKeys::previous)
            .map(SigningKey::reveal));
    SettingsException refused =
        assertRefused(
            "webhooks.previous_signing_key", Map.of(), Map.of("previous_signing_key", KEY));
    assertFalse(refused.getMessage().contains(KEY), refused.getMessage());
  }

  private static Optional<String> revealed(WebhookSettings settings) {
    return settings.signingKeys().map(keys -> keys.current().reveal());
  }

  @Test
  void twoDifferentKeysStopThePluginAndNameBothPlacesAndNeitherKey() {
    SettingsException refused =
        assertThrows(
            SettingsException.class, () -> WebhookSettings.read(keys(KEY, "another-" + KEY)));
    assertTrue(refused.getMessage().contains("security.webhook_signing_key"));
    assertTrue(refused.getMessage().contains("webhooks.signing_key"));
    assertFalse(refused.getMessage().contains(KEY), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void anEmptyKeyStopsThePluginAndNamesThePath(String blank) {
    assertRefused("security.webhook_signing_key", Map.of("webhook_signing_key", blank), Map.of());
    assertRefused("webhooks.signing_key", Map.of(), Map.of("signing_key", blank));
    assertRefused(
        "webhooks.previous_signing_key",
        Map.of(),
        Map.of("signing_key", KEY, "previous_signing_key", blank));
  }

  @Test
  void aKeyThatIsNoTextStopsThePluginAndIsNotRepeated() {
    for (Object wrong : List.of(47110815, List.of("47110815"), Map.of("47110815", 1))) {
      for (SettingsException refused :
          List.of(
              assertRefused(
                  "security.webhook_signing_key", Map.of("webhook_signing_key", wrong), Map.of()),
              assertRefused("webhooks.signing_key", Map.of(), Map.of("signing_key", wrong)),
              assertRefused(
                  "webhooks.previous_signing_key",
                  Map.of(),
                  Map.of("signing_key", KEY, "previous_signing_key", wrong)))) {
        assertFalse(refused.getMessage().contains("47110815"), refused.getMessage());
      }
    }
  }

  @Test
  void aKeyWrittenOneLevelTooHighIsNotRepeated() {
    for (String section : List.of("security", "webhooks")) {
      SettingsException refused =
          assertThrows(
              SettingsException.class,
              () -> WebhookSettings.read(Settings.of(Map.of(section, KEY))));
      assertEquals(section, refused.path());
      assertFalse(refused.getMessage().contains(KEY), refused.getMessage());
    }
  }

  @Test
  void theKeyIsNotInTheSettingsTextForm() {
    String text = read(Map.of("signing_key", KEY, "previous_signing_key", KEY)).toString();
    assertFalse(text.contains(KEY), text);
  }

  @Test
  void anUnknownSettingStopsThePluginAndNamesThePathAndWhatThereIs() {
    SettingsException refused =
        assertRefused("webhooks.max_in_fligth", Map.of(), Map.of("max_in_fligth", 5));
    assertTrue(refused.getMessage().contains("max_in_flight"), refused.getMessage());
    assertTrue(refused.getMessage().contains("signing_key"), refused.getMessage());
  }

  @Test
  void theValueOfAnUnknownSettingIsNotRepeatedSinceItMayBeAMisspelledKey() {
    SettingsException refused =
        assertRefused("webhooks.sigining_key", Map.of(), Map.of("sigining_key", KEY));
    assertFalse(refused.getMessage().contains(KEY), refused.getMessage());
  }

  @Test
  void otherSectionsAreNoneOfItsBusiness() {
    Map<String, Object> tree =
        Map.of("security", Map.of("tls", true), "webhooksx", 1, "database", Map.of("url", "x"));
    assertEquals(read(Map.of()), WebhookSettings.read(Settings.of(tree)));
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  void aWrongValueStopsThePluginAndNamesThePath(String name, Object wrong) {
    assertRefused("webhooks." + name, Map.of(), Map.of(name, wrong));
  }

  static Stream<Arguments> wrongValues() {
    return Stream.of(
            Stream.of("max_in_flight", "max_in_flight_per_webhook", "max_slow")
                .flatMap(
                    name ->
                        Stream.of(0, -1, 100_001, 5_000_000_000L, 1.5, "5", true, List.of())
                            .map(wrong -> arguments(name, wrong))),
            Stream.of(
                    "connect_timeout",
                    "request_timeout",
                    "lease",
                    "poll_interval",
                    "key_overlap",
                    "disable_after",
                    "keep_delivered",
                    "keep_dead",
                    "keep_waiting")
                .flatMap(
                    name ->
                        Stream.of(
                                0, 5, "0s", "5", "-1s", "soon", "366d", "999999999999d", List.of())
                            .map(wrong -> arguments(name, wrong))),
            Stream.of("5s", 5, Map.of("first", "5s"))
                .map(wrong -> arguments("retry_schedule", wrong)),
            Stream.of(
                    "",
                    "det.example",
                    "/det",
                    "ftp://det.example",
                    "https://",
                    "https:det.example",
                    "https://det example",
                    "javascript:alert(1)",
                    "https://s3cret@det.example",
                    "https://user:s3cret@det.example",
                    "https://det.example/?a=b",
                    "https://det.example/?",
                    "https://det.example/#a",
                    "https://det.example/" + "a".repeat(481),
                    8080)
                .map(wrong -> arguments("base_url", wrong)))
        .flatMap(stream -> stream);
  }

  @Test
  void aWrongStepOfTheRetryScheduleIsNamedByItsPlace() {
    for (Object wrong : List.of(5, "soon", "366d", "999999999999d")) {
      assertRefused(
          "webhooks.retry_schedule[1]", Map.of(), Map.of("retry_schedule", List.of("5s", wrong)));
    }
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

  @Test
  void aLeaseThatCouldEndBeforeItsRequestStopsThePluginAndNamesBoth() {
    SettingsException refused =
        assertRefused(
            "webhooks.lease", Map.of(), Map.of("lease", "1999ms", "request_timeout", "1s"));
    assertTrue(refused.getMessage().contains("1999ms"), refused.getMessage());
    assertTrue(refused.getMessage().contains("webhooks.request_timeout (1s)"));
    assertEquals(
        Duration.ofSeconds(2), read(Map.of("lease", "2s", "request_timeout", "1s")).lease());
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

  private static WebhookSettings read(Map<String, ?> webhooks) {
    return WebhookSettings.read(Settings.of(Map.of("webhooks", webhooks)));
  }

  private static Settings keys(String documented, String alias) {
    return Settings.of(
        Map.of(
            "security",
            Map.of("webhook_signing_key", documented),
            "webhooks",
            Map.of("signing_key", alias)));
  }

  private static SettingsException assertRefused(
      String path, Map<String, ?> security, Map<String, ?> webhooks) {
    Settings settings = Settings.of(Map.of("security", security, "webhooks", webhooks));
    SettingsException refused =
        assertThrows(SettingsException.class, () -> WebhookSettings.read(settings));
    assertEquals(path, refused.path());
    assertTrue(refused.getMessage().startsWith(path + " "), refused.getMessage());
    return refused;
  }
}
