package org.expmaster.webhook.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.junit.jupiter.api.Test;

/** Nests tests instead of running them concurrently: the outer one runs during the inner one. */
final class TestBulkheadTest {
  private final TestBulkhead bulkhead = new TestBulkhead(Duration.ofSeconds(15));

  @Test
  void aWebhookIsTestedOnceAtATimeAndThenAgain() {
    assertEquals(
        "webhook 1 is being tested already; try again when a test has ended, in 15 s at most",
        bulkhead.run(1, 1, () -> refused(1, 2)));
    assertEquals("ran", bulkhead.run(1, 2, () -> "ran"));
  }

  @Test
  void aTestThatFailsGivesItsPlaceBack() {
    for (int i = 0; i < 2 * TestBulkhead.IN_ALL; i++) {
      assertThrows(IllegalStateException.class, () -> bulkhead.run(1, 1, this::fail));
    }
    assertEquals("ran", bulkhead.run(1, 1, () -> "ran"));
  }

  private String fail() {
    throw new IllegalStateException("as some do");
  }

  @Test
  void nobodyTakesAllPlacesFromTheOthers() {
    String words = nested(1, TestBulkhead.PER_CALLER, caller -> 1L, () -> refused(100, 1));
    assertTrue(words.startsWith("you are testing 4 webhooks already"), words);
    assertEquals(
        "ran",
        nested(1, TestBulkhead.PER_CALLER, caller -> 1L, () -> bulkhead.run(100, 2, () -> "ran")));
  }

  @Test
  void thereAreAFewPlacesInAll() {
    String words = nested(1, TestBulkhead.IN_ALL, webhook -> webhook, () -> refused(100, 100));
    assertTrue(words.startsWith("8 webhooks are being tested, as many as can be"), words);
    assertEquals("ran", bulkhead.run(100, 100, () -> "ran"));
  }

  private interface Callers {
    long of(long webhook);
  }

  private String nested(
      long from, int count, Callers callers, java.util.function.Supplier<String> innermost) {
    return count == 0
        ? innermost.get()
        : bulkhead.run(
            from, callers.of(from), () -> nested(from + 1, count - 1, callers, innermost));
  }

  private String refused(long webhookId, long callerId) {
    ApiException refused =
        assertThrows(ApiException.class, () -> bulkhead.run(webhookId, callerId, () -> "ran"));
    assertEquals(Reason.RESOURCE_EXHAUSTED, refused.reason());
    assertEquals(Optional.of(Duration.ofSeconds(15)), refused.retryAfter());
    return refused.getMessage();
  }
}
