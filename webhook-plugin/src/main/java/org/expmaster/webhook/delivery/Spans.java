package org.expmaster.webhook.delivery;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Formats durations for people, in at most two units. */
public final class Spans {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Spans() {}

  /** Formats as {@code 40 ms}, {@code 0.9 s}, {@code 30 minutes}, {@code 1 hour 5 minutes}. */
  public static String words(Duration span) {
    long millis = span.toMillis();
    if (millis < 100) {
      return millis + " ms";
    }
    if (millis < 10 * SECOND) {
      return tenths(millis) + " s";
    }
    if (round(millis, SECOND) < MINUTE) {
      return round(millis, SECOND) / SECOND + " s";
    }
    if (round(millis, SECOND) < HOUR) {
      return pair(round(millis, SECOND), MINUTE, "minute", SECOND, "second");
    }
    if (round(millis, MINUTE) < DAY) {
      return pair(round(millis, MINUTE), HOUR, "hour", MINUTE, "minute");
    }
    return pair(round(millis, HOUR), DAY, "day", HOUR, "hour");
  }

  private static String tenths(long millis) {
    return BigDecimal.valueOf(millis, 3)
        .setScale(1, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static long round(long millis, long unit) {
    return (millis + unit / 2) / unit * unit;
  }

  private static String pair(long millis, long large, String one, long small, String other) {
    String first = counted(millis / large, one);
    long rest = millis % large / small;
    return rest == 0 ? first : first + " " + counted(rest, other);
  }

  private static String counted(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }
}
