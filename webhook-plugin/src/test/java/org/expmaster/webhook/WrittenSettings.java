package org.expmaster.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.SettingsException;

/** Reads settings that a test has written. */
final class WrittenSettings {
  private WrittenSettings() {}

  /** Reads the section of the plugin. */
  static WebhookSettings read(Map<String, ?> webhooks) {
    return WebhookSettings.read(Settings.of(Map.of("webhooks", webhooks)));
  }

  /** Checks that the plugin refuses these sections, and names the path first. */
  static SettingsException assertRefused(
      String path, Map<String, ?> security, Map<String, ?> webhooks) {
    Settings settings = Settings.of(Map.of("security", security, "webhooks", webhooks));
    SettingsException refused =
        assertThrows(SettingsException.class, () -> WebhookSettings.read(settings));
    assertEquals(path, refused.path());
    assertTrue(refused.getMessage().startsWith(path + " "), refused.getMessage());
    return refused;
  }
}
