package org.expmaster.webhook.db;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/**
 * A data source that always returns the same connection, for Flyway, which otherwise asks for
 * several at once: the master's pool may have no more than this one.
 */
final class OneConnection {
  private final Connection connection;
  private final boolean inTransaction;
  private boolean autoCommit = true;

  private OneConnection(Connection connection, boolean inTransaction) {
    this.connection = connection;
    this.inTransaction = inTransaction;
  }

  /** Returns a data source of this connection: closing it has no effect, committing commits. */
  static DataSource of(Connection connection) {
    return new OneConnection(connection, false).dataSource();
  }

  /**
   * Returns a data source of a connection that is in a transaction. Its users can only roll the
   * transaction back, not commit it, so that all their work is committed together or not at all.
   */
  static DataSource inTransaction(Connection connection) {
    return new OneConnection(connection, true).dataSource();
  }

  private DataSource dataSource() {
    Connection kept = proxy(Connection.class, (self, method, arguments) -> on(method, arguments));
    return proxy(
        DataSource.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "getConnection" -> kept;
              case "isWrapperFor" -> false;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private Object on(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("close")) {
      return null;
    }
    if (inTransaction) {
      switch (method.getName()) {
        case "commit" -> {
          return null;
        }
        case "setAutoCommit" -> {
          autoCommit = (boolean) arguments[0];
          return null;
        }
        case "getAutoCommit" -> {
          return autoCommit;
        }
        default -> {}
      }
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            OneConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
