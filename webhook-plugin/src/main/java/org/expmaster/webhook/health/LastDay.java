package org.expmaster.webhook.health;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The attempts of a webhook in the last 24 hours.
 *
 * @param last the last attempt, however long ago; empty if there was none
 * @param hours the hours of the last day in which attempts ended, oldest first
 */
public record LastDay(Optional<Last> last, List<Hour> hours) {
  /** No attempt has ever ended. */
  public static final LastDay EMPTY = new LastDay(Optional.empty(), List.of());

  /** When and how an attempt ended. */
  public record Last(Instant at, Ending ending) {
    public Last {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(ending, "ending");
    }
  }

  /**
   * The numbers of attempts that ended in an hour.
   *
   * @param ago the number of hours that began after it: 0 is the current hour, 23 the oldest
   */
  public record Hour(int ago, long delivered, long failed) {}

  public LastDay {
    Objects.requireNonNull(last, "last");
    hours = List.copyOf(hours);
  }
}
