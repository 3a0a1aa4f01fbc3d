package org.expmaster.webhook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "500 | - | the receiver answered 500",
        "500 | https://a.example/s3cret | the receiver answered 500",
        "308 | - | the receiver answered 308; redirects are not followed",
        "308 | https://Other.example:8443/s3cret?t=s3cret | the receiver answered 308, which points"
            + " to https://Other.example:8443; redirects are not followed",
        "302 | /s3cret | the receiver answered 302, which points elsewhere;"
            + " redirects are not followed",
        "302 | https://me:s3cret@a.example/ | the receiver answered 302, which points elsewhere;"
            + " redirects are not followed",
      })
  void aRedirectSaysWhereToWithoutWhatMayBeASecret(int status, String location, String words) {
    assertEquals(
        words,
        new Outcome.Answered(
                status,
                Optional.empty(),
                Optional.ofNullable(location),
                Optional.empty(),
                Duration.ZERO)
            .describe());
  }
}
