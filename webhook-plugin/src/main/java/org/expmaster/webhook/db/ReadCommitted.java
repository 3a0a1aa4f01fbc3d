package org.expmaster.webhook.db;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Connections of a PostgreSQL whose usual isolation is a stricter one. What the plugin does of its
 * own accord relies on rows it locks, as its queue must; a stricter isolation would only refuse it.
 */
final class ReadCommitted implements ConnectionFactory {
  private final DataSource dataSource;
  private final int usual;

  /**
   * @param usual the isolation in which connections come and have to go back
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
