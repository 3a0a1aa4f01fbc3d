package org.expmaster.webhook;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.SettingsException;
import org.expmaster.webhook.signing.SigningKey;
import org.expmaster.webhook.signing.SigningKeys;
import org.expmaster.webhook.signing.SigningKeys.Announced;

/** Settings of the keys that sign deliveries. */
final class SigningSettings {
  static final String SIGNING_KEY = "security.webhook_signing_key";
  static final String SIGNING_KEY_ALIAS = "webhooks.signing_key";
  static final String NEXT_KEY = "webhooks.next_signing_key";
  static final String PREVIOUS_KEY = "webhooks.previous_signing_key";

  /** Such as {@code <signing_key>}, as the documentation writes it. */
  private static final Pattern PLACEHOLDER = Pattern.compile("<.*>");

  private SigningSettings() {}

  /** Returns the settings whose key is so short that it might be guessed. */
  static List<String> shortKeys(Settings settings) {
    return Stream.of(SIGNING_KEY, SIGNING_KEY_ALIAS, NEXT_KEY, PREVIOUS_KEY)
        .filter(path -> key(settings, path).filter(SigningKey::isShort).isPresent())
        .toList();
  }

  /** Returns the configured keys; empty if the plugin is to generate one. */
  static Optional<SigningKeys> read(Settings settings) {
    Optional<SigningKey> key = key(settings, SIGNING_KEY);
    Optional<SigningKey> alias = key(settings, SIGNING_KEY_ALIAS);
    if (key.isPresent() && alias.isPresent() && !key.equals(alias)) {
      throw new SettingsException(
          SIGNING_KEY, "and " + SIGNING_KEY_ALIAS + " are both set, and differ; set one of them");
    }
    Optional<SigningKey> current = key.or(() -> alias);
    Optional<SigningKey> next = beside(current, settings, NEXT_KEY);
    Optional<SigningKey> previous = beside(current, settings, PREVIOUS_KEY);
    return current.map(
        signing ->
            new SigningKeys(
                signing,
                next.map(announced -> new Announced(announced, Optional.empty())),
                previous.stream().toList()));
  }

  private static Optional<SigningKey> beside(
      Optional<SigningKey> current, Settings settings, String path) {
    Optional<SigningKey> other = key(settings, path);
    if (other.isPresent() && current.isEmpty()) {
      throw new SettingsException(
          path, "is set, and " + SIGNING_KEY + " is not; it goes only with that");
    }
    return other;
  }

  private static Optional<SigningKey> key(Settings settings, String path) {
    return settings
        .secret(path)
        .map(
            text -> {
              if (text.isBlank()) {
                throw new SettingsException(path, "is empty; write a key, or leave it out");
              }
              if (PLACEHOLDER.matcher(text.strip()).matches()) {
                throw new SettingsException(
                    path, "is a placeholder from the documentation; write a key, or leave it out");
              }
              return SigningKey.of(text);
            });
  }
}
