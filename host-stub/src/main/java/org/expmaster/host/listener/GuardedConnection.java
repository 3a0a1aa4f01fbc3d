package org.expmaster.host.listener;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * The connection that a listener gets. It cannot end the transaction, and is unusable once the
 * listener has returned. A listener may use savepoints of its own.
 */
final class GuardedConnection {
  /** Includes {@code unwrap}, through which all the others could be reached. */
  private static final Set<String> REFUSED =
      Set.of(
          "commit",
          "close",
          "abort",
          "setAutoCommit",
          "unwrap",
          "setReadOnly",
          "setTransactionIsolation",
          "setNetworkTimeout");

  private final Connection proxy;
  private final Connection connection;
  private final Thread thread = Thread.currentThread();
  private volatile boolean ended;

  GuardedConnection(Connection connection) {
    this.connection = connection;
    this.proxy = proxy(Connection.class, this::onConnection);
  }

  Connection connection() {
    return proxy;
  }

  void end() {
    ended = true;
  }

  private interface Call {
    Object invoke(Method method, Object[] arguments) throws Throwable;
  }

  private Object onConnection(Method method, Object[] arguments) throws Throwable {
    boolean wholeRollback = method.getName().equals("rollback") && method.getParameterCount() == 0;
    if (wholeRollback || REFUSED.contains(method.getName())) {
      throw new SQLException(
          method.getName() + " is refused: the transaction is the master's, which ends it");
    }
    return guarded(invoke(connection, method, arguments));
  }

  /** Wraps statements and metadata, so that their connection is the guarded one. */
  private Object guarded(Object result) {
    if (result instanceof CallableStatement) {
      return proxy(CallableStatement.class, (m, a) -> onOther(result, m, a));
    }
    if (result instanceof PreparedStatement) {
      return proxy(PreparedStatement.class, (m, a) -> onOther(result, m, a));
    }
    if (result instanceof Statement) {
      return proxy(Statement.class, (m, a) -> onOther(result, m, a));
    }
    if (result instanceof DatabaseMetaData) {
      return proxy(DatabaseMetaData.class, (m, a) -> onOther(result, m, a));
    }
    return result;
  }

  private Object onOther(Object target, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "getConnection" -> proxy;
      case "unwrap" -> throw new SQLException("unwrap is refused: the transaction is the master's");
      default -> invoke(target, method, arguments);
    };
  }

  private Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    boolean closing = method.getName().equals("close");
    if (!closing && (ended || Thread.currentThread() != thread)) {
      throw new SQLException(
          "a transaction's connection may be used by the thread that was called, and until that"
              + " call returns");
    }
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            GuardedConnection.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getDeclaringClass() == Object.class
                    ? onObject(type, self, method, arguments)
                    : call.invoke(method, arguments)));
  }

  private static Object onObject(Class<?> type, Object self, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> "the master's " + type.getSimpleName();
    };
  }
}
