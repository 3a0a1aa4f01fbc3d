package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The Retry-After header in both its forms (RFC 9110, section 10.2.3): seconds, or a date. */
final class RetryAfter {
  /** A receiver may ask for a pause, not for silence: longer ones are cut to this. */
  static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /** The pause asked for, empty if what was written is of neither form or lies in the past. */
  static Optional<Duration> pause(String value, Instant now) {
    String text = value.trim();
    Duration asked;
    if (!text.isEmpty() && text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      asked = text.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(text));
    } else {
      try {
        asked =
            Duration.between(
                now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      } catch (DateTimeParseException neither) {
        return Optional.empty();
      }
    }
    if (asked.isNegative() || asked.isZero()) {
      return Optional.empty();
    }
    return Optional.of(asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
  }
}
