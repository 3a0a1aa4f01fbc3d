package org.expmaster.host.experiment;

import java.util.Map;
import java.util.Optional;
import org.expmaster.host.config.ConfigException;
import org.expmaster.host.config.Jobs;
import org.expmaster.host.config.Yaml;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.SettingsException;
import org.expmaster.plugin.http.ApiException;

/**
 * A validated request for an experiment.
 *
 * @param text the config as it was sent
 * @param config the parsed config
 */
record ExperimentSpec(
    String name,
    Optional<String> workspace,
    Optional<String> project,
    String resourcePool,
    int slots,
    String text,
    Map<String, Object> config) {

  /**
   * @throws ApiException naming what is wrong
   */
  static ExperimentSpec of(String yaml, Jobs jobs) {
    try {
      Map<String, Object> config = Yaml.mapping(yaml);
      Settings settings = Settings.of(Map.of("config", config));
      String name = settings.text("config.name").orElse("unnamed experiment");
      String pool = settings.text("config.resources.resource_pool").orElse("default");
      if (yaml.indexOf('\0') >= 0 || name.indexOf('\0') >= 0 || pool.indexOf('\0') >= 0) {
        // PostgreSQL cannot store NUL
        throw ApiException.invalid("config must not hold the character NUL");
      }
      Entrypoint.toSimulate(config, jobs);
      return new ExperimentSpec(
          name,
          settings.text("config.workspace"),
          settings.text("config.project"),
          pool,
          slots(settings),
          yaml,
          config);
    } catch (SettingsException e) {
      throw ApiException.invalid(e.getMessage());
    } catch (ConfigException e) {
      throw ApiException.invalid("config: " + e.getMessage());
    }
  }

  private static int slots(Settings settings) {
    long slots = settings.integer("config.resources.slots_per_trial").orElse(1L);
    if (slots < 0 || slots > 1_000_000) {
      throw ApiException.invalid(
          "config.resources.slots_per_trial is " + slots + ", and must be 0 to 1000000");
    }
    return (int) slots;
  }
}
