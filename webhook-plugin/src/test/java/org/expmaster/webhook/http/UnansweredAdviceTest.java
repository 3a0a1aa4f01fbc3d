package org.expmaster.webhook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.expmaster.webhook.advice.Advice;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.FailuresDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Advice is found by what is stored of an attempt: the description. */
class UnansweredAdviceTest {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatIsDescribedOfAnAttemptLeadsToItsOwnAdvice(Kind kind) {
    String described = new Outcome.Unanswered(kind, Duration.ZERO).describe();
    assertEquals(Optional.of(UnansweredAdvice.of(kind)), UnansweredAdvice.of(described));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TLS_EXPIRED | the TLS certificate has expired, or is not valid yet",
        "TLS_UNTRUSTED | the TLS certificate is signed by no authority that the master's Java"
            + " trusts; use one of a public authority, or add yours to Java's trust store",
        "CONNECT_FAILED | no connection could be made",
        "CONNECT_TIMED_OUT | no connection could be made in time",
      })
  void soDoDescriptionsOfEarlierVersionsAndThoseThatBeginAlike(Kind kind, String described) {
    assertEquals(Optional.of(UnansweredAdvice.of(kind)), UnansweredAdvice.of(described));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "the database could not keep the words", "x no answer came in time"})
  void whatNothingIsKnownOfHasNoAdvice(String described) {
    assertEquals(Optional.empty(), UnansweredAdvice.of(described));
  }

  @Test
  void theDocumentSaysTheSame() {
    Map<String, Advice> all = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      all.put(kind.words, UnansweredAdvice.of(kind));
    }
    FailuresDocument.assertSays("No answer came", all);
  }
}
