package org.expmaster.host.config;

import java.util.Locale;
import org.expmaster.plugin.Settings;

/** Who runs the jobs of experiments: the setting {@code jobs}. */
public enum Jobs {
  /** The master simulates them, from entrypoints such as {@code sleep 3 && exit 0}. */
  SIMULATED,

  /** Others run them, from any entrypoint, and report over REST how they ended. */
  EXTERNAL;

  /**
   * @throws ConfigException if the setting has another value
   */
  static Jobs of(Settings settings) {
    String value = settings.text("jobs").orElse("simulated");
    for (Jobs jobs : values()) {
      if (jobs.name().toLowerCase(Locale.ROOT).equals(value)) {
        return jobs;
      }
    }
    throw new ConfigException("jobs is " + value + ", and must be simulated or external");
  }
}
