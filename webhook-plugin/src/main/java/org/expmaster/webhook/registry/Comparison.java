package org.expmaster.webhook.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Compares a metric with a threshold. NaN is never beyond a threshold. */
public enum Comparison {
  AT_LEAST(">="),
  ABOVE(">"),
  AT_MOST("<="),
  BELOW("<");

  private final String sign;

  Comparison(String sign) {
    this.sign = sign;
  }

  /** Returns the operator as it is written and stored. */
  public String sign() {
    return sign;
  }

  /** Returns the signs of all comparisons. */
  public static List<String> signs() {
    return Arrays.stream(values()).map(Comparison::sign).toList();
  }

  /** Returns the comparison with this sign. */
  public static Optional<Comparison> of(String sign) {
    return Arrays.stream(values()).filter(comparison -> comparison.sign.equals(sign)).findFirst();
  }

  /** Returns whether the value is beyond the threshold. */
  public boolean holds(double value, double threshold) {
    return switch (this) {
      case AT_LEAST -> value >= threshold;
      case ABOVE -> value > threshold;
      case AT_MOST -> value <= threshold;
      case BELOW -> value < threshold;
    };
  }
}
