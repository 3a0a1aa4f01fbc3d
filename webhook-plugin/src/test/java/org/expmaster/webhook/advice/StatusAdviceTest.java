package org.expmaster.webhook.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Optional;
import java.util.stream.IntStream;
import org.expmaster.webhook.testing.FailuresDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusAdviceTest {
  @Test
  void everyStatusHasAdviceButThatOfASuccess() {
    IntStream.rangeClosed(100, 999)
        .forEach(
            status ->
                assertEquals(
                    status < 200 || status > 299,
                    StatusAdvice.of(status, "").isPresent(),
                    "status " + status));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "301 | 301, 308",
        "302 | other 3xx",
        "308 | 301, 308",
        "400 | 400, 422",
        "401 | 401",
        "402 | other 4xx",
        "404 | 404",
        "410 | 410",
        "422 | 400, 422",
        "429 | 429",
        "500 | 500, other 5xx",
        "501 | 500, other 5xx",
        "503 | 503",
        "504 | 502, 504",
        "600 | any other",
      })
  void aStatusHasTheAdviceOfItsRow(int status, String row) {
    assertSame(StatusAdvice.ALL.get(row), StatusAdvice.of(status, "").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head>",
        "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
        "Client sent an HTTP request to an HTTPS server.\n",
      })
  void serversThatWaitForTlsAreRecognised(String response) {
    Optional<Advice> advice = StatusAdvice.of(400, response);
    assertEquals("Write https in the webhook's URL.", advice.orElseThrow().remedy());
  }

  @Test
  void theDocumentSaysTheSame() {
    FailuresDocument.assertSays("The receiver answered", StatusAdvice.ALL);
  }
}
