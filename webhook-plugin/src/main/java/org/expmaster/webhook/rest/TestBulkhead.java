package org.expmaster.webhook.rest;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.expmaster.plugin.http.ApiException;

/**
 * Bulkhead for tests: limits how many run at once, since each holds one of the master's threads
 * until its receiver answers. A webhook has one test at a time, and no caller can take all places.
 * Thread-safe.
 */
final class TestBulkhead {
  /** Few compared with the threads that serve a master's requests. */
  static final int IN_ALL = 8;

  static final int PER_CALLER = 4;

  private final Duration longest;
  private final Map<Long, Long> callers = new HashMap<>();

  /**
   * Creates a bulkhead with all places free.
   *
   * @param longest maximum duration of a test
   */
  TestBulkhead(Duration longest) {
    this.longest = longest;
  }

  /**
   * Runs a test.
   *
   * @throws ApiException ResourceExhausted, without waiting, if no place is free
   */
  <T> T run(long webhookId, long callerId, Supplier<T> test) {
    take(webhookId, callerId);
    try {
      return test.get();
    } finally {
      giveBack(webhookId);
    }
  }

  private synchronized void take(long webhookId, long callerId) {
    if (callers.containsKey(webhookId)) {
      throw full("webhook " + webhookId + " is being tested already");
    }
    if (callers.values().stream().filter(other -> other == callerId).count() >= PER_CALLER) {
      throw full("you are testing " + PER_CALLER + " webhooks already, as many as one may at once");
    }
    if (callers.size() >= IN_ALL) {
      throw full(IN_ALL + " webhooks are being tested, as many as can be at once");
    }
    callers.put(webhookId, callerId);
  }

  private synchronized void giveBack(long webhookId) {
    callers.remove(webhookId);
  }

  private ApiException full(String what) {
    return ApiException.exhausted(
        what + "; try again when a test has ended, in " + longest.toSeconds() + " s at most",
        longest);
  }
}
