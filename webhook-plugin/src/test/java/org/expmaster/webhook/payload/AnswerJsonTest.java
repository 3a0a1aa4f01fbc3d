package org.expmaster.webhook.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerJsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"error\":{\"code\":\"x\"}} | x",
        "{\"error\":{\"code\":7}} | 7",
        " {\"code\":1,\"error\":{\"a\":[{\"code\":2}],\"code\":\"x\",\"b\":{\"cut o | x",
      })
  void aValueIsFoundHoweverTheRestEnds(String answer, String value) {
    assertEquals(Optional.of(value), AnswerJson.value(answer, "error", "code"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ok",
        "[{\"error\":{\"code\":\"x\"}}]",
        "{",
        "{\"error\"",
        "{\"error\":",
        "{\"error\":{\"code\":",
        "{\"error\":\"code\"}",
        "{\"error\":{\"code\":{}}}",
        "{\"code\":\"x\"}",
        "{\"error\":{\"code\":\"x",
      })
  void whatIsNotThereIsNotFound(String answer) {
    assertEquals(Optional.empty(), AnswerJson.value(answer, "error", "code"));
  }

  @Test
  void depthIsNoDanger() {
    assertEquals(Optional.empty(), AnswerJson.value("{\"a\":" + "[".repeat(100_000), "error"));
  }
}
