package org.expmaster.host.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.expmaster.plugin.Settings;

/**
 * The master's settings, with defaults applied.
 *
 * @param initialUserPassword the password of the initial users, or empty to generate one
 * @param tree everything the operator wrote, including plugins' sections
 */
public record MasterSettings(
    String host,
    int port,
    Path pluginsDir,
    String clusterName,
    DbSettings db,
    String logLevel,
    Optional<String> initialUserPassword,
    Map<String, Object> tree) {

  /** A bearer token that nobody guesses. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{16,}");

  private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");

  public MasterSettings {
    if (!LEVELS.contains(logLevel)) {
      throw new ConfigException(
          "log.level is " + logLevel + ", and must be error, warn, info, debug or trace");
    }
    if (initialUserPassword.filter(String::isEmpty).isPresent()) {
      throw new ConfigException("security.initial_user_password must not be empty");
    }
    Jobs.of(Settings.of(tree));
    plugins("required", tree);
    plugins("allow_downgrade", tree);
    passwordIterations(Settings.of(tree));
    metricsToken(tree);
    isTracing(tree);
  }

  /** Returns who runs the jobs of experiments. */
  public Jobs jobs() {
    return Jobs.of(Settings.of(tree));
  }

  /** Returns the ids of the plugins without which the master does not start. */
  public List<String> requiredPlugins() {
    return plugins("required", tree);
  }

  /** Returns the ids of the plugins that may start in an older version than the one before. */
  public List<String> allowDowngrade() {
    return plugins("allow_downgrade", tree);
  }

  private static List<String> plugins(String name, Map<String, Object> tree) {
    return Settings.of(tree).texts("plugins." + name).orElse(List.of());
  }

  /** Returns the number of PBKDF2 iterations for a password that is set. */
  public int passwordIterations() {
    return passwordIterations(Settings.of(tree));
  }

  private static int passwordIterations(Settings settings) {
    return (int) bounded(settings, "security.password_iterations", 210_000, 1_000, 10_000_000);
  }

  /** Returns the token with which a scraper may read the metrics, if there is one. */
  public Optional<String> metricsToken() {
    return metricsToken(tree);
  }

  private static Optional<String> metricsToken(Map<String, Object> tree) {
    Optional<String> token = Settings.of(tree).secret("security.metrics_token");
    if (token.filter(text -> !TOKEN.matcher(text).matches()).isPresent()) {
      throw new ConfigException(
          "security.metrics_token must be 16 or more letters, digits or -._~+/=; make one with:"
              + " openssl rand -hex 32");
    }
    return token;
  }

  /** Returns whether the master traces, and writes spans to its log. */
  public boolean isTracing() {
    return isTracing(tree);
  }

  private static boolean isTracing(Map<String, Object> tree) {
    String value = Settings.of(tree).text("tracing").orElse("off");
    if (!value.equals("off") && !value.equals("log")) {
      throw new ConfigException("tracing is " + value + ", and must be off or log");
    }
    return value.equals("log");
  }

  /**
   * Reads and validates the settings.
   *
   * @param tree what the operator wrote
   * @param besideTheJar the default plugins directory
   * @throws ConfigException naming the path that is wrong
   * @throws org.expmaster.plugin.SettingsException likewise
   */
  public static MasterSettings of(Map<String, Object> tree, Path besideTheJar) {
    KnownNames.check(tree);
    Settings settings = Settings.of(tree);
    return new MasterSettings(
        settings.text("host").orElse("127.0.0.1"),
        (int) bounded(settings, "port", 8080, 0, 65535),
        settings.text("plugins_dir").map(Path::of).orElse(besideTheJar),
        settings.text("cluster_name").orElse(""),
        DbSettings.of(settings),
        settings.text("log.level").orElse("info"),
        settings.secret("security.initial_user_password"),
        tree);
  }

  static long bounded(Settings settings, String path, long standard, long least, long most) {
    long value = settings.integer(path).orElse(standard);
    if (value < least || value > most) {
      throw new ConfigException(path + " is " + value + ", and must be " + least + " to " + most);
    }
    return value;
  }

  /** Omits the tree, which contains secrets. */
  @Override
  public String toString() {
    return "MasterSettings[" + host + ":" + port + ", " + db + "]";
  }
}
