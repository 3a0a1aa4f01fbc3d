package org.expmaster.host.plugin;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** The master's pool as a plugin sees it: it hands out connections and cannot be closed. */
final class PluginDataSource implements DataSource {
  private final DataSource pool;
  private volatile boolean withdrawn;

  PluginDataSource(DataSource pool) {
    this.pool = pool;
  }

  void withdraw() {
    withdrawn = true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (withdrawn) {
      throw new SQLException("the plugin has stopped");
    }
    return pool.getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the master chooses its user");
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("the pool is the master's");
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("the pool is the master's");
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return pool.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("the pool is the master's");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
