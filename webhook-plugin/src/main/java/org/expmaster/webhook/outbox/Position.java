package org.expmaster.webhook.outbox;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * The position of a delivery among those of its webhook: by the time of its event, then by its id.
 *
 * @param created when the event was written
 * @param id the delivery's id
 */
public record Position(Instant created, long id) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::created).thenComparingLong(Position::id);

  public Position {
    Objects.requireNonNull(created, "created");
  }

  /** Returns the position before all deliveries that were created at this time or later. */
  static Position before(Instant created) {
    return new Position(created, 0);
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }
}
