package org.expmaster.host.experiment;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.expmaster.host.config.Jobs;
import org.expmaster.plugin.http.ApiException;

/**
 * What a simulated job does: it takes some time and ends with an exit code. No shell is ever run.
 *
 * @param takes how long the job takes
 * @param exitCode its exit code; 0 is success
 */
record Entrypoint(Duration takes, int exitCode) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:sleep\\s+(\\d{1,6}(?:\\.\\d{1,9})?|\\.\\d{1,9})\\s*&&\\s*)?exit\\s+(\\d{1,3})");

  /**
   * Returns the job of an experiment with this config, or empty if others run it.
   *
   * @throws ApiException if the master would run it and cannot
   */
  static Optional<Entrypoint> toSimulate(Map<String, Object> config, Jobs jobs) {
    return jobs == Jobs.EXTERNAL ? Optional.empty() : Optional.of(of(config.get("entrypoint")));
  }

  /**
   * @param value the value in the config: text, a list of text, or null for a job that succeeds
   */
  static Entrypoint of(Object value) {
    Matcher matcher = FORM.matcher(value == null ? "exit 0" : text(value).trim());
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 255) {
      throw ApiException.invalid(
          "config.entrypoint must be `exit CODE` or `sleep SECONDS && exit CODE`, as text or as a"
              + " list of words, with a CODE of 0 to 255: this master simulates its jobs");
    }
    String seconds = matcher.group(1) == null ? "0" : matcher.group(1);
    long nanos = new BigDecimal(seconds).movePointRight(9).longValueExact();
    return new Entrypoint(Duration.ofNanos(nanos), Integer.parseInt(matcher.group(2)));
  }

  boolean succeeds() {
    return exitCode == 0;
  }

  private static String text(Object value) {
    if (!(value instanceof List<?> words)) {
      return String.valueOf(value);
    }
    return String.join(" ", words.stream().map(String::valueOf).toList());
  }
}
