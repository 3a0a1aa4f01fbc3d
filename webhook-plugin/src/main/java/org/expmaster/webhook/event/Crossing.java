package org.expmaster.webhook.event;

import java.util.Objects;

/**
 * A metric value beyond a threshold: {@code value operator threshold} is true.
 *
 * @param metric the metric's name
 * @param value the reported value; may be infinite, but is never NaN
 * @param operator {@code >=}, {@code >}, {@code <=} or {@code <}
 * @param threshold the threshold that the value was compared with
 */
public record Crossing(String metric, double value, String operator, double threshold) {
  public Crossing {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(operator, "operator");
  }
}
