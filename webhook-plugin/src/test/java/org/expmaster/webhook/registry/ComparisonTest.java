package org.expmaster.webhook.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ComparisonTest {
  @ParameterizedTest
  @CsvSource({
    ">=, false, true, true",
    ">, false, false, true",
    "<=, true, true, false",
    "<, true, false, false"
  })
  void itComparesAsItIsWritten(String sign, boolean below, boolean equal, boolean above) {
    Comparison operator = Comparison.of(sign).orElseThrow();
    assertEquals(sign, operator.sign());
    assertEquals(below, operator.holds(0.4, 0.5));
    assertEquals(equal, operator.holds(0.5, 0.5));
    assertEquals(above, operator.holds(Double.POSITIVE_INFINITY, 0.5));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotANumberIsNeverBeyondAThreshold(Comparison operator) {
    assertFalse(operator.holds(Double.NaN, 0));
  }

  @Test
  void nothingElseIsAnOperator() {
    assertEquals(Optional.empty(), Comparison.of("=="));
    assertEquals(Optional.empty(), Comparison.of(" >"));
  }
}
