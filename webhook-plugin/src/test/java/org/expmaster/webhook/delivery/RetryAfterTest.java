package org.expmaster.webhook.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retry-After in all its forms. */
final class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2094-11-06T08:49:07Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30                                | 30
          0000000000030                     | 30
          3600                              | 3600
          3601                              | 3600
          99999999999999999999999999        | 3600
          Sat, 06 Nov 2094 08:49:37 GMT     | 30
          sat, 06 nov 2094 08:49:37 gmt     | 30
          Sat, 6 Nov 2094 08:49:37 GMT      | 30
          Sat, 06 Nov 2094 08:49:37 +0000   | 30
          Sun, 06 Nov 2094 08:49:37 GMT     | 30
          Saturday, 06-Nov-94 08:49:37 GMT  | 30
          SATURDAY, 06-NOV-94 08:49:37 gmt  | 30
          Monday, 06-Nov-95 08:49:37 GMT    | 3600
          Friday, 06-Nov-43 08:49:37 GMT    | 3600
          Sun Nov  6 08:49:37 2094          | 30
          sun nov  6 08:49:37 2094          | 30
          Sun Nov 06 08:49:37 2094          | 30
          Sun Nov 16 08:49:37 2094          | 3600
          """)
  void aPauseIsReadInEveryForm(String value, long seconds) {
    assertEquals(Optional.of(Duration.ofSeconds(seconds)), RetryAfter.pause(value, NOW));
    assertEquals(
        Optional.of(Duration.ofSeconds(seconds)), RetryAfter.pause("  " + value + "\t", NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "soon",
        "-30",
        "+30",
        "30.5",
        "0",
        "Sat, 06 Nov 2094 08:49:07 GMT",
        "Sat, 06 Nov 1994 08:49:37 GMT",
        "Saturday, 06-Nov-45 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sat, 06 Nov 2094 08:49:37 EST",
        "Sat, 36 Nov 2094 08:49:37 GMT",
        "Sat, 06 Now 2094 08:49:37 GMT",
        "2094-11-06T08:49:37Z",
        "GMT",
        "Sat, GMT",
      })
  void whatIsOfNoFormOrPastIsNoPause(String value) {
    assertEquals(Optional.empty(), RetryAfter.pause(value, NOW));
  }

  @Test
  void retryAfterIsReadInBothFormsAndIsBounded() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    assertEquals(Optional.of(Duration.ofSeconds(7)), RetryAfter.pause(" 7 ", now));
    assertEquals(
        Optional.of(Duration.ofMinutes(2)), RetryAfter.pause("Sun, 1 Mar 2026 12:02:00 GMT", now));
    assertEquals(Optional.of(RetryAfter.LONGEST), RetryAfter.pause("86400", now));
    assertEquals(Optional.of(RetryAfter.LONGEST), RetryAfter.pause("9".repeat(400), now));
    assertEquals(
        Optional.of(RetryAfter.LONGEST), RetryAfter.pause("Sat, 1 Mar 2036 12:02:00 GMT", now));
    for (String nothing :
        new String[] {"", "0", "-5", "soon", "1.5", "Sun, 1 Mar 2026 11:00:00 GMT", "١٢"}) {
      assertEquals(Optional.empty(), RetryAfter.pause(nothing, now), nothing);
    }
  }
}
