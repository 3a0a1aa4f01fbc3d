package org.expmaster.webhook.db;

import java.sql.Connection;
import java.sql.SQLException;

/** Something to write in the same transaction as a change, so that both are kept or neither. */
@FunctionalInterface
public interface Along {
  /** Writes nothing. */
  Along NOTHING = (connection, webhookId) -> {};

  /**
   * Writes it. May be called more than once, each time in another transaction.
   *
   * @param webhookId the webhook that is changed; 0 if the change concerns all
   */
  void write(Connection connection, long webhookId) throws SQLException;
}
