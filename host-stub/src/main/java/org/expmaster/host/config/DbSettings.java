package org.expmaster.host.config;

import java.nio.file.Path;
import java.util.Optional;
import org.expmaster.plugin.Settings;

/** Where the master keeps what it knows. */
public record DbSettings(
    String url, Optional<String> user, Optional<String> password, int poolSize) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  public DbSettings {
    if (!url.startsWith(SQLITE) && !url.startsWith(POSTGRESQL)) {
      // its value is not repeated: it may hold a password
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

  /** SQLite's file; empty where there is none, or it is named in a way that is SQLite's own. */
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
