package org.expmaster.webhook.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durations formatted for people. */
final class SpansTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.04S, 40 ms",
    "PT0.9S, 0.9 s",
    "PT1S, 1 s",
    "PT1.96S, 2 s",
    "PT9.97S, 10 s",
    "PT59.4S, 59 s",
    "PT59.6S, 1 minute",
    "PT61S, 1 minute 1 second",
    "PT30M, 30 minutes",
    "PT59M59.9S, 1 hour",
    "PT1H5M, 1 hour 5 minutes",
    "PT23H59M50S, 1 day",
    "P1DT2H20M, 1 day 2 hours",
    "P5D, 5 days",
  })
  void aSpanIsSaidInTheUnitsThatFit(Duration span, String words) {
    assertEquals(words, Spans.words(span));
  }
}
