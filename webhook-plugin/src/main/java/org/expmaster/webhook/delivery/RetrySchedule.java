package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The back-off after failures: a list of waits, each with jitter so that retries spread out. */
public final class RetrySchedule {
  private static final double JITTER = 0.2;

  private final List<Duration> waits;
  private final RandomGenerator random;

  /**
   * @param waits how long to wait after the first failure, the second, and so on; a failure after
   *     the last wait is final
   */
  public RetrySchedule(List<Duration> waits, RandomGenerator random) {
    this.waits = List.copyOf(waits);
    this.random = random;
  }

  /**
   * Returns how long to wait before the next attempt.
   *
   * @param failures the number of failures so far, at least 1
   * @return the wait, varied by up to a fifth either way; empty if the delivery is given up
   */
  Optional<Duration> waitAfter(int failures) {
    if (failures > waits.size()) {
      return Optional.empty();
    }
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Optional.of(Duration.ofMillis(Math.round(waits.get(failures - 1).toMillis() * factor)));
  }
}
