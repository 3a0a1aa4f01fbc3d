package org.expmaster.plugin.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrialMetricTest {
  @Test
  void itTakesWhateverWasReportedButNoNegativeSteps() {
    Instant now = Instant.EPOCH;
    assertEquals(Double.NaN, new TrialMetric(1, 2, "loss", Double.NaN, 0, now).value());
    assertThrows(IllegalArgumentException.class, () -> new TrialMetric(1, 2, "loss", 0.5, -1, now));
  }
}
