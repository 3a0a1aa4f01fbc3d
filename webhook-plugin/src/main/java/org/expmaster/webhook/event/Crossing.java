package org.expmaster.webhook.event;

import java.util.Objects;

/**
 * A metric beyond a threshold: {@code value operator threshold} is true.
 *
 * @param metric the metric's name
 * @param value what was reported; not NaN, but it may be infinite
 * @param operator {@code >=}, {@code >}, {@code <=} or {@code <}
 * @param threshold what the value was compared with
 */
public record Crossing(String metric, double value, String operator, double threshold) {
  public Crossing {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(operator, "operator");
  }
}
