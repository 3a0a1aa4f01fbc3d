package org.expmaster.webhook.registry;

import java.util.Arrays;
import java.util.Optional;

/** How a metric is compared with a threshold. What is not a number never compares. */
public enum Operator {
  AT_LEAST(">="),
  ABOVE(">"),
  AT_MOST("<="),
  BELOW("<");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  /** How it is written and stored. */
  public String sign() {
    return sign;
  }

  /** The operator that is written so. */
  public static Optional<Operator> of(String sign) {
    return Arrays.stream(values()).filter(operator -> operator.sign.equals(sign)).findFirst();
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
