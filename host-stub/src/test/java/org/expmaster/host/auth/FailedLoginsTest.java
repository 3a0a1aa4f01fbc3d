package org.expmaster.host.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.expmaster.host.http.ClientNetwork;
import org.expmaster.host.testing.TestClock;
import org.expmaster.plugin.http.ApiException;
import org.junit.jupiter.api.Test;

final class FailedLoginsTest {
  private static final ClientNetwork HERE = new ClientNetwork("192.0.2.1");
  private static final ClientNetwork THERE = new ClientNetwork("198.51.100.1");

  private final TestClock clock = new TestClock();
  private final FailedLogins failed = new FailedLogins(clock);

  private void fail(int times, String username, ClientNetwork from) {
    for (int i = 0; i < times; i++) {
      failed.begin(username, from);
    }
  }

  private Duration waitOf(String username, ClientNetwork from) {
    return assertThrows(ApiException.class, () -> failed.begin(username, from))
        .retryAfter()
        .orElseThrow();
  }

  @Test
  void afterTenFailuresEachCostsTwiceTheWaitOfTheOneBeforeAndFiveMinutesAtMost() {
    fail(10, "admin", HERE);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      Duration wait = waitOf("admin", HERE);
      waits.add(wait.toSeconds());
      clock.advance(wait.minusMillis(1));
      assertEquals(Duration.ofMillis(1), waitOf("admin", HERE));
      clock.advance(Duration.ofMillis(1));
      failed.begin("admin", HERE);
    }
    assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L), waits);
  }

  @Test
  void theWaitBeginsWhenTheFailureIsKnown() {
    fail(10, "admin", HERE);
    clock.advance(Duration.ofSeconds(5));
    failed.failed("admin", HERE);
    assertEquals(Duration.ofSeconds(1), waitOf("admin", HERE));
  }

  @Test
  void theRefusalSaysHowLongToWait() {
    fail(10, "admin", HERE);
    ApiException refusal = assertThrows(ApiException.class, () -> failed.begin("admin", HERE));
    assertEquals("too many logins have failed: try again in 1 s", refusal.getMessage());
    assertEquals(429, refusal.reason().status());
  }

  @Test
  void whoGuessesHereLocksOutNeitherTheUserElsewhereNorOthersHere() {
    fail(10, "admin", HERE);
    failed.begin("admin", THERE);
    failed.begin("ada", HERE);
  }

  @Test
  void aNetworkThatTriesManyNamesWaitsButNotThoseWhoHaveLoggedInFromThere() {
    failed.begin("ada", HERE);
    failed.succeeded("ada", HERE);
    for (int i = 0; i < 50; i++) {
      failed.begin("name" + i, HERE);
    }
    assertEquals(Duration.ofSeconds(1), waitOf("bob", HERE));
    failed.begin("ada", HERE);
    failed.begin("bob", THERE);
  }

  @Test
  void aSuccessIsForgottenWithTheFailuresBeforeIt() {
    for (int i = 0; i < 20; i++) {
      fail(9, "admin", HERE);
      failed.succeeded("admin", HERE);
      failed.abandoned("another", THERE);
    }
    fail(10, "admin", HERE);
    assertEquals(Duration.ofSeconds(1), waitOf("admin", HERE));
  }

  @Test
  void whatCouldNotBeTriedIsNoFailure() {
    for (int i = 0; i < 100; i++) {
      failed.begin("admin", HERE);
      failed.abandoned("admin", HERE);
    }
    failed.begin("admin", HERE);
  }

  @Test
  void failuresAreForgottenAfterAnHour() {
    fail(10, "admin", HERE);
    clock.advance(Duration.ofHours(1).plusSeconds(1));
    fail(9, "admin", HERE);
    failed.begin("admin", HERE);
  }

  @Test
  void howeverManyNamesAndNetworksThereAreTheMemoryIsBounded() {
    for (int i = 0; i < 30_000; i++) {
      ClientNetwork from = new ClientNetwork("network " + i);
      failed.begin("name" + i, from);
      failed.succeeded("name" + i, from);
      failed.begin("name" + i, from);
    }
    assertTrue(failed.remembered() <= 20_000, "" + failed.remembered());
  }
}
