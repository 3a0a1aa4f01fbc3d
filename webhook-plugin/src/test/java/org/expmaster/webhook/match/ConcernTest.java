package org.expmaster.webhook.match;

import static org.expmaster.webhook.match.Matching.ELSEWHERE;
import static org.expmaster.webhook.match.Matching.EVERYWHERE;
import static org.expmaster.webhook.match.Matching.HERE;
import static org.expmaster.webhook.match.Matching.SPECIFIC;
import static org.expmaster.webhook.match.Matching.experiment;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.plugin.model.ExperimentState;
import org.junit.jupiter.api.Test;

/** Whom an event concerns, whatever its triggers. */
class ConcernTest {
  @Test
  void whatATaskWithoutAnExperimentWritesConcernsThoseWhoHearOfAllOfItsWorkspace() {
    Concern unknown = Concern.ofTask(OptionalLong.empty());
    assertTrue(unknown.includes(EVERYWHERE));
    assertFalse(unknown.includes(HERE));
    assertFalse(unknown.includes(SPECIFIC));
    Concern known = Concern.ofTask(HERE.workspaceId());
    assertTrue(known.includes(EVERYWHERE));
    assertTrue(known.includes(HERE));
    assertFalse(known.includes(ELSEWHERE));
    assertFalse(known.includes(SPECIFIC));
  }

  @Test
  void whatHappensToAnExperimentConcernsThoseWhoHearOfItsStates() {
    Concern here = Concern.of(experiment(ExperimentState.RUNNING, Map.of()));
    assertTrue(here.includes(EVERYWHERE));
    assertTrue(here.includes(HERE));
    assertFalse(here.includes(ELSEWHERE));
    assertFalse(here.includes(SPECIFIC));
  }
}
