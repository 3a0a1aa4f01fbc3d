package org.expmaster.webhook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A receiver that echoes its request does not show the values of the webhook's headers. */
class RedactionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3cret-key | you sent s3cret-key, s3cret-key | you sent ***, ***",
        "Bearer t0ken | Authorization: Bearer t0ken | Authorization: ***",
        "Bearer t0ken | your token t0ken is old | your token *** is old",
        "Basic bWU6czNjcmV0 | bWU6czNjcmV0 of me:s3cret, s3cret | *** of ***, ***",
        "Basic not base64 | Basic not base64 | ***",
        "yes | yes, it is | yes, it is"
      })
  void valuesAreRemovedFromAnswers(String value, String answered, String shown) {
    assertEquals(Optional.of(shown), redacted(answered, value).answer().orElseThrow().response());
  }

  @Test
  void whatHoldsNoneStaysAsItIs() {
    Outcome none = new Outcome.Unanswered(Outcome.Kind.TIMED_OUT, Duration.ZERO);
    assertSame(none, Redaction.of(none, List.of("s3cret")));
    Outcome answered = answered("s3cret");
    assertSame(answered, Redaction.of(answered, List.of()));
    assertEquals(answered, Redaction.of(answered, List.of("another")));
  }

  private static Outcome redacted(String response, String value) {
    return Redaction.of(answered(response), List.of(value));
  }

  private static Outcome answered(String response) {
    return new Outcome.Answered(
        500, Optional.of("60"), Optional.of("/x"), Optional.of(response), Duration.ofMillis(3));
  }
}
