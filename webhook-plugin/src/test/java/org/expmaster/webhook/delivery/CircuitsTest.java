package org.expmaster.webhook.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.expmaster.webhook.delivery.Circuit.Finding;
import org.expmaster.webhook.delivery.Circuit.Permit;
import org.expmaster.webhook.http.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Findings about many webhooks, until the database has them. */
final class CircuitsTest {
  private static final Outcome GONE =
      new Outcome.Answered(410, Optional.empty(), Optional.empty(), Duration.ZERO);

  /** Ids in the same bucket of a small hash table, whatever else it contains. */
  private static final Set<Long> ALIKE = Set.of(1L, 1L + (1 << 12), 1L + (1 << 13));

  private final Circuits circuits = new Circuits(Duration.ofDays(5), Clock.systemUTC());

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void whatWasNotWrittenIsFoundAgainHoweverTheWebhooksAreNumbered() {
    ALIKE.forEach(this::isGone);
    circuits.kept(List.of());
    assertEquals(ALIKE, found());
  }

  @Test
  void whatWasWrittenIsNotFoundAgain() {
    ALIKE.forEach(this::isGone);
    circuits.kept(circuits.findings());
    assertEquals(Set.of(), found());
  }

  private void isGone(long webhookId) {
    Permit permit = circuits.begin(webhookId).orElseThrow();
    permit.begun();
    circuits.learn(webhookId, permit, GONE);
  }

  private Set<Long> found() {
    return circuits.findings().stream().map(Finding::webhookId).collect(Collectors.toSet());
  }
}
