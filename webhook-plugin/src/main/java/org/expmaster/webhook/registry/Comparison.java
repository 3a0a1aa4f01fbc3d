package org.expmaster.webhook.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a metric is compared with a threshold. What is not a number never compares. */
public enum Comparison {
  AT_LEAST(">="),
  ABOVE(">"),
  AT_MOST("<="),
  BELOW("<");

  private final String sign;

  Comparison(String sign) {
    this.sign = sign;
  }

  /** How it is written and stored. */
  public String sign() {
    return sign;
  }

  /** How all of them are written. */
  public static List<String> signs() {
    return Arrays.stream(values()).map(Comparison::sign).toList();
  }

  /** The comparison that is written so. */
  public static Optional<Comparison> of(String sign) {
    return Arrays.stream(values()).filter(comparison -> comparison.sign.equals(sign)).findFirst();
  }

  /** Whether the value is beyond the threshold. */
  public boolean holds(double value, double threshold) {
    return switch (this) {
      case AT_LEAST -> value >= threshold;
      case ABOVE -> value > threshold;
      case AT_MOST -> value <= threshold;
      case BELOW -> value < threshold;
    };
  }
}
