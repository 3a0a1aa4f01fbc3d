package org.expmaster.webhook.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.expmaster.webhook.db.Dialect;

/**
 * The three statements that run for every delivery. They are written twice: {@link ArrayStatements}
 * sends all rows at once, for a database on the other side of a network; {@link RowStatements} runs
 * row by row, on any database.
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
   * Claims due deliveries, up to the capacity of each webhook and the memory there is. They are
   * ordered within each webhook, so that the backlog of a webhook without capacity costs the others
   * nothing.
   */
  Claim claim(
      Connection connection,
      List<Capacity> capacities,
      Instant now,
      Duration lease,
      HeldBodies held)
      throws SQLException;

  /** Moves delivered ones to the history, each only if its lease is still that of the claim. */
  void delivered(Connection connection, List<Result.Delivered> results) throws SQLException;
}
