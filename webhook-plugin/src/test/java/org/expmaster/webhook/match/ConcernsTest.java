package org.expmaster.webhook.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.Test;

class ConcernsTest {
  private static final OptionalLong FOUR = OptionalLong.of(4);

  private final TurnableClock clock = new TurnableClock();
  private final Concerns concerns = new Concerns(clock, new Complaints());
  private final List<Long> asked = new ArrayList<>();

  @Test
  void anExperimentIsAskedForOnceInAWhile() {
    assertTrue(of(FOUR).anyone());
    assertTrue(of(FOUR).anyone());
    assertEquals(List.of(4L), asked);
    clock.turn(Duration.ofSeconds(10));
    of(FOUR);
    assertEquals(List.of(4L, 4L), asked, "it may have been moved");
  }

  @Test
  void aClockThatIsSetBackMakesNothingKnownForLonger() {
    of(FOUR);
    clock.turn(Duration.ofHours(-1));
    of(FOUR);
    assertEquals(List.of(4L, 4L), asked);
  }

  @Test
  void anExperimentThatIsNotThereConcernsNobodyAndIsRememberedToo() {
    assertFalse(of(OptionalLong.of(404)).anyone());
    assertFalse(of(OptionalLong.of(404)).anyone());
    assertEquals(List.of(404L), asked);
  }

  @Test
  void whereThereIsNoExperimentNoneIsAskedFor() {
    assertTrue(of(OptionalLong.empty()).anyone());
    assertEquals(List.of(), asked);
  }

  @Test
  void whatIsLearntWhereSomethingFiresIsRemembered() {
    Candidate candidate =
        new Candidate(
            Fixtures.webhook(1, WebhookMode.WORKSPACE, List.of()),
            5,
            "4.a",
            FOUR,
            subject -> {
              throw new AssertionError("nobody asks for the event");
            });
    assertTrue(concerns.includes(candidate, lookUp(4)));
    assertFalse(concerns.includes(candidate, Optional.empty()));
    asked.clear();
    assertFalse(of(FOUR).anyone(), "it is gone");
    assertEquals(List.of(), asked);
  }

  @Test
  void itHoldsOnlySoMuch() {
    for (int id = 1; id <= 5_001; id++) {
      of(OptionalLong.of(id));
    }
    asked.clear();
    of(OptionalLong.of(5_001));
    assertEquals(List.of(), asked);
    of(OptionalLong.of(1));
    assertEquals(List.of(1L), asked);
  }

  private Concern of(OptionalLong experimentId) {
    return concerns.of(experimentId, OptionalLong.empty(), this::lookUp);
  }

  private Optional<Experiment> lookUp(long id) {
    asked.add(id);
    return id == 404
        ? Optional.empty()
        : Optional.of(Fixtures.experiment(id, ExperimentState.RUNNING));
  }
}
