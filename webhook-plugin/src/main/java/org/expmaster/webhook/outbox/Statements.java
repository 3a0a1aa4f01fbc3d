package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.expmaster.webhook.db.Dialect;

/**
 * The three statements that run for every delivery, in two implementations: {@link ArrayStatements}
 * sends all rows at once, for a database across a network; {@link RowStatements} runs row by row,
 * for an embedded one.
 */
interface Statements {
  static Statements of(Dialect dialect) {
    return dialect.takesArrays() ? new ArrayStatements(dialect) : new RowStatements(dialect);
  }

  /**
   * Inserts each event once and a delivery for each of its webhooks, except those that have been
   * deleted meanwhile.
   */
  void insert(Connection connection, List<Fanout> fanouts, Instant now) throws SQLException;

  /**
   * Claims due deliveries, up to each webhook's capacity and the available memory. Each webhook's
   * are ordered separately, so that the backlog of one without capacity costs the others nothing.
   */
  Claim claim(
      Connection connection,
      List<Capacity> capacities,
      Instant now,
      Duration lease,
      HeldBodies held)
      throws SQLException;

  /** Moves successful deliveries to the history, each only if it still has the claim's lease. */
  void delivered(Connection connection, List<Result.Delivered> results) throws SQLException;
}
