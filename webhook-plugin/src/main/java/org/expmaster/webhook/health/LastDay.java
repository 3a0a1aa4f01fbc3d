package org.expmaster.webhook.health;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a webhook's last day looked like.
 *
 * @param last how the last attempt ended, on whatever day that was
 * @param hours the hours of the last day in which something ended, the oldest first
 */
public record LastDay(Optional<Last> last, List<Hour> hours) {
  /** Nothing has ever been sent. */
  public static final LastDay EMPTY = new LastDay(Optional.empty(), List.of());

  /** When and how an attempt ended. */
  public record Last(Instant at, Ending ending) {
    public Last {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(ending, "ending");
    }
  }

  /**
   * How many attempts of an hour ended which way.
   *
   * @param ago how many hours began after it: 0 is the present one, 23 the oldest
   */
  public record Hour(int ago, long delivered, long failed) {}

  public LastDay {
    Objects.requireNonNull(last, "last");
    hours = List.copyOf(hours);
  }
}
