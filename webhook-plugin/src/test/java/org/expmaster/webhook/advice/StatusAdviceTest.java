package org.expmaster.webhook.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
                    StatusAdvice.of(true, status, "").isPresent(),
                    "status " + status));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "301 | 301, 308",
        "300 | any other",
        "302 | 302, 303, 307",
        "304 | any other",
        "308 | 301, 308",
        "400 | 400, 422",
        "401 | 401",
        "402 | other 4xx",
        "404 | 404",
        "410 | 410",
        "422 | 400, 422",
        "429 | 429",
        "405 | 405, 501",
        "500 | 500",
        "501 | 405, 501",
        "505 | other 5xx",
        "511 | 511",
        "520 | 520 to 524",
        "524 | 520 to 524",
        "526 | 525, 526",
        "527 | other 5xx",
        "503 | 503",
        "504 | 502, 504",
        "600 | any other",
      })
  void aStatusHasTheAdviceOfItsRow(int status, String row) {
    assertSame(StatusAdvice.ALL.get(row), StatusAdvice.of(true, status, "").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head>",
        "<!DOCTYPE HTML>\n<p>Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
        "Client sent an HTTP request to an HTTPS server.\n",
      })
  void serversThatWaitForTlsAreRecognisedAndWhoIsToBeMendedDependsOnTheUrl(String response) {
    assertEquals(
        "Write https in the webhook's URL.",
        StatusAdvice.of(false, 400, response).orElseThrow().remedy());
    assertSame(
        StatusAdvice.ALL.get("400 of a TLS port, to https"),
        StatusAdvice.of(true, 400, response).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"The plain HTTP request was sent to HTTPS port\"}",
        "{\"log\":\"<title>400 The plain HTTP request was sent to HTTPS port</title>\"}",
        "bad: Client sent an HTTP request to an HTTPS server.",
      })
  void anAnswerThatMerelyQuotesThemIsAnyAnswer(String response) {
    assertSame(
        StatusAdvice.ALL.get("400, 422"), StatusAdvice.of(false, 400, response).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusalSendsPeopleToTheWebhooksOwnCredentialsAsWell(int status) {
    String remedy = StatusAdvice.of(true, status, "").orElseThrow().remedy();
    assertTrue(remedy.contains("the webhook's user, password and headers"), remedy);
  }

  @Test
  void theDocumentSaysTheSame() {
    FailuresDocument.assertSays("The receiver answered", StatusAdvice.ALL);
  }
}
