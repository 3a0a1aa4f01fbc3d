package org.expmaster.webhook.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.expmaster.plugin.model.ExperimentState;
import org.junit.jupiter.api.Test;

final class ChangeIdTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final UUID ID = UUID.fromString("0d4bab10-6c5c-85cf-8638-28ab8f8ba41d");

  /** Receivers that have seen an event before an upgrade must know it after it. */
  @Test
  void theIdOfAChangeIsTheSameInEveryVersionAndAtEveryPrecisionOfItsTime() {
    assertEquals(ID, ChangeId.of(7, ExperimentState.COMPLETED, AT));
    assertEquals(ID, ChangeId.of(7, ExperimentState.COMPLETED, AT.plusNanos(999_999)));
    assertEquals(8, ID.version());
    assertEquals(2, ID.variant());
  }

  @Test
  void otherChangesHaveOtherIds() {
    assertEquals(
        4,
        Set.of(
                ID,
                ChangeId.of(8, ExperimentState.COMPLETED, AT),
                ChangeId.of(7, ExperimentState.ERROR, AT),
                ChangeId.of(7, ExperimentState.COMPLETED, AT.plus(Duration.ofMillis(1))))
            .size());
  }
}
