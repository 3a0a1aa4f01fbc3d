package org.expmaster.webhook;

import static org.expmaster.webhook.WrittenSettings.assertRefused;
import static org.expmaster.webhook.WrittenSettings.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.SettingsException;
import org.expmaster.webhook.signing.SigningKey;
import org.expmaster.webhook.signing.SigningKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How signing keys are read, and that none is ever repeated. */
class SigningKeySettingsTest {
  private static final String KEY = "correct-horse-battery";

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
  void theNextAndThePreviousKeyGoWithAConfiguredOneOnly() {
    SigningKeys keys =
        read(Map.of("signing_key", KEY, "next_signing_key", "new", "previous_signing_key", "old"))
            .signingKeys()
            .orElseThrow();
    assertEquals(Optional.of("new"), keys.next().map(next -> next.key().reveal()));
    assertEquals(List.of("old"), keys.previous().stream().map(SigningKey::reveal).toList());
    for (String name : List.of("next_signing_key", "previous_signing_key")) {
      SettingsException refused = assertRefused("webhooks." + name, Map.of(), Map.of(name, KEY));
      assertFalse(refused.getMessage().contains(KEY), refused.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" s3cret", "s3cret ", "s3cret\n", "\ts3cret"})
  void whiteSpaceAroundAKeyStopsThePluginSinceNobodyMeansIt(String key) {
    SettingsException refused =
        assertRefused("security.webhook_signing_key", Map.of("webhook_signing_key", key), Map.of());
    assertFalse(refused.getMessage().contains("s3cret"), refused.getMessage());
  }

  @Test
  void whatReceiversMayReadAnotherWayIsDoubted() {
    String long32 = "0123456789abcdef0123456789abcdef";
    Map<String, String> doubts =
        Map.of(
            "short",
            "has fewer than 24 bytes",
            "correct horse battery staple",
            "contains white space",
            "whsec_" + long32,
            "begins with whsec_");
    doubts.forEach(
        (key, words) -> {
          List<String> found =
              SigningSettings.doubts(
                  Settings.of(Map.of("security", Map.of("webhook_signing_key", key))));
          assertEquals(1, found.size(), found.toString());
          assertTrue(found.get(0).startsWith("security.webhook_signing_key " + words));
          assertFalse(found.get(0).contains(key));
        });
    assertEquals(List.of(), SigningSettings.doubts(keys(long32, long32)));
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
  void theValueOfAnUnknownSettingIsNotRepeatedSinceItMayBeAMisspelledKey() {
    SettingsException refused =
        assertRefused("webhooks.sigining_key", Map.of(), Map.of("sigining_key", KEY));
    assertFalse(refused.getMessage().contains(KEY), refused.getMessage());
  }

  private static Settings keys(String documented, String alias) {
    return Settings.of(
        Map.of(
            "security",
            Map.of("webhook_signing_key", documented),
            "webhooks",
            Map.of("signing_key", alias)));
  }
}
