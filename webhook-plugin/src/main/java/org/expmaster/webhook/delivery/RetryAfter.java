package org.expmaster.webhook.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the Retry-After header (RFC 9110, section 10.2.3): seconds, or a date in any of its three
 * forms (section 5.6.7).
 *
 * <p>Does not use the HTTP client's date parser, which rejects asctime dates, since they name no
 * zone, and dates with the wrong day of the week.
 */
final class RetryAfter {
  /** The longest pause that a receiver may ask for; longer ones are cut to this. */
  static final Duration LONGEST = Duration.ofHours(1);

  /** Captures a date without its day of the week, which is redundant, and its zone. */
  private static final Pattern DATE =
      Pattern.compile("(?i)(?:[a-z]{3,9},? )?(.+?)(?: (?:GMT|UTC|[+-]0000))?");

  private RetryAfter() {}

  /** Returns the pause asked for; empty if the value is malformed or not in the future. */
  static Optional<Duration> pause(String value, Instant now) {
    String text = value.strip().replaceAll("\\s+", " ");
    Optional<Duration> asked =
        text.matches("[0-9]+")
            ? Optional.of(seconds(text))
            : date(text, now).map(until -> Duration.between(now, until));
    return asked
        .filter(pause -> pause.compareTo(Duration.ZERO) > 0)
        .map(pause -> pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
  }

  private static Duration seconds(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(significant));
  }

  private static Optional<Instant> date(String text, Instant now) {
    Matcher date = DATE.matcher(text);
    if (!date.matches()) {
      return Optional.empty();
    }
    for (DateTimeFormatter form :
        new DateTimeFormatter[] {
          form().appendPattern("d MMM yyyy HH:mm:ss").toFormatter(Locale.ENGLISH), // IMF-fixdate
          rfc850(now),
          form().appendPattern("MMM d HH:mm:ss yyyy").toFormatter(Locale.ENGLISH), // asctime
        }) {
      try {
        return Optional.of(LocalDateTime.parse(date.group(1), form).toInstant(ZoneOffset.UTC));
      } catch (DateTimeException another) {
        // try the next form
      }
    }
    return Optional.empty();
  }

  /** The RFC 850 form. Its two-digit year is never more than 50 years ahead. */
  private static DateTimeFormatter rfc850(Instant now) {
    int first = now.atOffset(ZoneOffset.UTC).getYear() - 49;
    return form()
        .appendPattern("d-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, first)
        .appendPattern(" HH:mm:ss")
        .toFormatter(Locale.ENGLISH);
  }

  private static DateTimeFormatterBuilder form() {
    return new DateTimeFormatterBuilder().parseCaseInsensitive();
  }
}
