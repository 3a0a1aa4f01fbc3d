package org.expmaster.plugin.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExperimentTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void itRanFromItsStartToItsEndWhateverTheTimeIsNow() {
    Experiment ended = experiment(Optional.of(START.plusSeconds(90)), 1, Map.of());
    assertEquals(Duration.ofSeconds(90), ended.duration(START.plusSeconds(5_000)));
  }

  @Test
  void whileItHasNotEndedItHasRunUntilNow() {
    Experiment running = experiment(Optional.empty(), 1, Map.of());
    assertEquals(Duration.ofMillis(1_500), running.duration(START.plusMillis(1_500)));
  }

  @Test
  void clocksThatDisagreeDoNotMakeADurationNegative() {
    Instant before = START.minusSeconds(1);
    assertEquals(Duration.ZERO, experiment(Optional.of(before), 1, Map.of()).duration(START));
    assertEquals(Duration.ZERO, experiment(Optional.empty(), 1, Map.of()).duration(before));
  }

  @Test
  void itCannotOccupyLessThanNoSlots() {
    assertEquals(0, experiment(Optional.empty(), 0, Map.of()).slots());
    assertThrows(IllegalArgumentException.class, () -> experiment(Optional.empty(), -1, Map.of()));
  }

  @Test
  void itsConfigKeepsNullsAndCannotBeChangedFromOutside() {
    Map<String, Object> written = new HashMap<>();
    written.put("integrations", null);
    Experiment experiment = experiment(Optional.empty(), 1, written);
    written.put("name", "later");
    assertEquals(Set.of("integrations"), experiment.config().keySet());
    assertNull(experiment.config().get("integrations"));
    assertThrows(
        UnsupportedOperationException.class, () -> experiment.config().put("name", "later"));
  }

  @Test
  void completedCanceledAndErrorAreFinalAndNoOtherStateIs() {
    Set<ExperimentState> finals =
        Arrays.stream(ExperimentState.values())
            .filter(ExperimentState::isFinal)
            .collect(Collectors.toSet());
    assertEquals(
        EnumSet.of(ExperimentState.COMPLETED, ExperimentState.CANCELED, ExperimentState.ERROR),
        finals);
  }

  @Test
  void aChangeOfStateChangesTheState() {
    Experiment completed = experiment(Optional.of(START), 1, Map.of());
    assertEquals(
        ExperimentState.RUNNING,
        new ExperimentStateChange(completed, ExperimentState.RUNNING, START).previous());
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ExperimentStateChange(completed, ExperimentState.COMPLETED, START));
    assertTrue(refused.getMessage().contains("experiment 1 was COMPLETED"));
  }

  private static Experiment experiment(
      Optional<Instant> end, int slots, Map<String, Object> config) {
    return new Experiment(
        1,
        "name",
        ExperimentState.COMPLETED,
        new Ref(1, "admin"),
        START,
        end,
        "default",
        slots,
        new Ref(1, "workspace"),
        new Ref(1, "project"),
        config);
  }
}
