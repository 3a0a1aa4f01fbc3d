package org.expmaster.webhook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
  private static final URI URL = URI.create("http://me:s3cret@Hooks.example/s3cret?t=s3cret");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "500 | - | the receiver answered 500",
        "500 | https://a.example/s3cret | the receiver answered 500",
        "304 | - | the receiver answered 304",
        "300 | /s3cret/ | the receiver answered 300",
        "308 | - | the receiver answered 308; redirects are not followed",
        "308 | /login | the receiver answered 308, which points to another path of the same host;"
            + " redirects are not followed",
      })
  void anAnswerIsDescribedAndARedirectSaysWhereTo(int status, String location, String words) {
    Optional<String> redirect = Optional.ofNullable(location).map(to -> Redirect.words(URL, to));
    assertEquals(
        words,
        new Outcome.Answered(status, Optional.empty(), redirect, Optional.empty(), Duration.ZERO)
            .describe());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://Other.example:8443/s3cret?t=s3cret | points to https://Other.example:8443",
        "https://hooks.example/s3cret | points to https://hooks.example",
        "http://hooks.example:8080/s3cret | points to http://hooks.example:8080",
        "//other.example/s3cret | points to http://other.example",
        "https://me:s3cret@a.example/ | points to https://a.example",
        "https://a.example/s3cret with {spaces} | points to https://a.example",
        "/login?next=s3cret | points to another path of the same host",
        "login | points to another path of the same host",
        "http://hooks.example:80/login | points to another path of the same host",
        "/s3cret/ | points to the same path with a slash at the end",
        "http://HOOKS.example/s3cret/?t=s3cret | points to the same path with a slash at the end",
        "/s3cret?t=s3cret&cookie=1 | points to the same path of the same host",
        "https://s3 cret/ | points elsewhere",
        "mailto:s3cret | points elsewhere",
        "//s3 cret | points elsewhere",
      })
  void whereARedirectPointsToIsSaidWithoutWhatMayBeASecret(String location, String words) {
    assertEquals(words, Redirect.words(URL, location));
  }
}
