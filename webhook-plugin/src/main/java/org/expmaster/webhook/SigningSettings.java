package org.expmaster.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.SettingsException;
import org.expmaster.webhook.signing.KeyRing;
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

  /** Says where the key comes from that signs deliveries. */
  static String words(KeyRing.Source source, Settings settings) {
    return switch (source) {
      case CONFIGURED ->
          "of the setting "
              + (key(settings, SIGNING_KEY).isPresent() ? SIGNING_KEY : SIGNING_KEY_ALIAS);
      case STORED -> "that is stored in the master's database";
      case GENERATED ->
          "that was generated just now and is stored in the master's database, for there was none"
              + " and "
              + SIGNING_KEY
              + " is not set";
    };
  }

  /** Returns what is doubtful about the keys, each with its setting. */
  static List<String> doubts(Settings settings) {
    return Stream.of(SIGNING_KEY, SIGNING_KEY_ALIAS, NEXT_KEY, PREVIOUS_KEY)
        .flatMap(path -> key(settings, path).stream().flatMap(key -> doubts(path, key)))
        .toList();
  }

  private static Stream<String> doubts(String path, SigningKey key) {
    List<String> doubts = new ArrayList<>();
    if (key.isShort()) {
      doubts.add(path + " has fewer than 24 bytes; make a key with: openssl rand -hex 32");
    }
    if (key.reveal().chars().anyMatch(Character::isWhitespace)) {
      doubts.add(
          path + " contains white space, at which receivers that keep a list of keys may split it");
    }
    if (key.reveal().startsWith("whsec_")) {
      doubts.add(
          path
              + " begins with whsec_; it signs as the text that it is, whereas the libraries of"
              + " Standard Webhooks decode what follows");
    }
    return doubts.stream();
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
              if (!text.equals(text.strip())) {
                throw new SettingsException(
                    path, "begins or ends with white space, which would belong to the key");
              }
              if (PLACEHOLDER.matcher(text).matches()) {
                throw new SettingsException(
                    path, "is a placeholder from the documentation; write a key, or leave it out");
              }
              return SigningKey.of(text);
            });
  }
}
