package org.expmaster.webhook.db;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Connections to a PostgreSQL whose default isolation level is stricter. The plugin's own
 * transactions rely on row locks, as a queue must; a stricter level would only make them fail.
 */
final class ReadCommitted implements ConnectionFactory {
  private final DataSource dataSource;
  private final int usual;

  /**
   * @param usual the default isolation level, restored when a connection is closed
   */
  ReadCommitted(DataSource dataSource, int usual) {
    this.dataSource = dataSource;
    this.usual = usual;
  }

  @Override
  public Connection openConnection() throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      return connection;
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    try (connection) {
      if (!connection.isClosed()) {
        connection.setTransactionIsolation(usual);
      }
    }
  }
}
