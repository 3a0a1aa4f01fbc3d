package org.expmaster.host.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.expmaster.plugin.Settings;

/** Rejects unknown setting names; a misspelt one would otherwise silently leave the default. */
final class KnownNames {
  /** The master's own settings, by section. */
  private static final Map<String, List<String>> MASTER =
      Map.of(
          "",
          List.of(
              "host",
              "port",
              "plugins_dir",
              "plugins",
              "cluster_name",
              "jobs",
              "db",
              "log",
              "security",
              "tracing"),
          "plugins",
          List.of("required", "allow_downgrade"),
          "db",
          List.of("url", "user", "password", "pool_size"),
          "log",
          List.of("level"),
          "security",
          List.of("initial_user_password", "metrics_token", "password_iterations"));

  /** Settings that belong to plugins. Their values are passed on unchecked. */
  private static final Map<String, List<String>> PLUGINS =
      Map.of("", List.of("webhooks"), "security", List.of("webhook_signing_key"));

  private KnownNames() {}

  static void check(Map<String, Object> tree) {
    Settings settings = Settings.of(tree);
    Map<String, Set<String>> written = new LinkedHashMap<>();
    written.put("", tree.keySet());
    for (String section : List.of("plugins", "db", "log", "security")) {
      written.put(section, settings.names(section));
    }
    written.forEach(KnownNames::check);
  }

  private static void check(String section, Set<String> written) {
    Set<String> valid = new TreeSet<>(MASTER.get(section));
    valid.addAll(PLUGINS.getOrDefault(section, List.of()));
    for (String name : written) {
      if (!valid.contains(name)) {
        String path = section.isEmpty() ? name : section + "." + name;
        throw new ConfigException(
            path + " is not a setting; valid here: " + String.join(", ", valid));
      }
    }
  }
}
