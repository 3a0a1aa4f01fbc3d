package org.expmaster.webhook.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Connections that record the statements prepared and count the rows read. */
public final class WatchedDataSource {
  private static final Set<Class<?>> WATCHED = Set.of(Connection.class, PreparedStatement.class);

  private final List<String> statements = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong rows = new AtomicLong();
  private final DataSource watched;

  /** Watches the connections of this data source. */
  public WatchedDataSource(DataSource dataSource) {
    this.watched = watch(DataSource.class, dataSource);
  }

  /** Returns the watched connections. */
  public DataSource dataSource() {
    return watched;
  }

  /** Forgets all statements and rows so far. */
  public void reset() {
    statements.clear();
    rows.set(0);
  }

  /** Returns the statements that were prepared, with their {@code ?} placeholders. */
  public List<String> statements() {
    return List.copyOf(statements);
  }

  /** Returns the number of rows read. */
  public long rows() {
    return rows.get();
  }

  private <T> T watch(Class<T> type, Object real) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("prepareStatement")) {
            statements.add((String) arguments[0]);
          }
          Object result;
          try {
            result = method.invoke(real, arguments);
          } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
          }
          if (type == ResultSet.class && method.getName().equals("next")) {
            rows.addAndGet(Boolean.TRUE.equals(result) ? 1 : 0);
          }
          Class<?> returned = method.getReturnType();
          boolean isWatched = WATCHED.contains(returned) || returned == ResultSet.class;
          return isWatched && result != null ? watch(returned, result) : result;
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
