package org.expmaster.host.config;

import java.nio.file.Path;
import java.util.Optional;
import org.expmaster.plugin.Settings;

/** How to connect to the master's database. */
public record DbSettings(
    String url, Optional<String> user, Optional<String> password, int poolSize) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  public DbSettings {
    if (!url.startsWith(SQLITE) && !url.startsWith(POSTGRESQL)) {
      // the value is not repeated: it may contain a password
      throw new ConfigException("db.url must start with " + SQLITE + " or " + POSTGRESQL);
    }
    if (poolSize < 1 || poolSize > 1000) {
      throw new ConfigException("db.pool_size is " + poolSize + ", and must be 1 to 1000");
    }
  }

  static DbSettings of(Settings settings) {
    return new DbSettings(
        settings.secret("db.url").orElse(SQLITE + "master.db"),
        settings.text("db.user"),
        settings.secret("db.password"),
        (int) MasterSettings.bounded(settings, "db.pool_size", 8, 1, 1000));
  }

  public boolean sqlite() {
    return url.startsWith(SQLITE);
  }

  /** Returns SQLite's file; empty if there is none or the URL names it in SQLite's own syntax. */
  public Optional<Path> file() {
    String name = sqlite() ? url.substring(SQLITE.length()) : "";
    boolean plain = !name.isEmpty() && !name.matches("(:|file:).*|.*\\?.*");
    return plain ? Optional.of(Path.of(name)) : Optional.empty();
  }

  @Override
  public String toString() {
    return "DbSettings[" + Mask.url(url) + "]";
  }
}
