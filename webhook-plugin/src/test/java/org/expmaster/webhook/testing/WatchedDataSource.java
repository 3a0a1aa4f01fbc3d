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

/** Connections that note which statements are prepared, and count the rows that are read. */
public final class WatchedDataSource {
  private static final Set<Class<?>> WATCHED = Set.of(Connection.class, PreparedStatement.class);

  private final List<String> statements = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong rows = new AtomicLong();
  private final DataSource watched;

  /** Watches what is done with the connections of another. */
  public WatchedDataSource(DataSource dataSource) {
    this.watched = watch(DataSource.class, dataSource);
  }

  /** The connections that are watched. */
  public DataSource dataSource() {
    return watched;
  }

  /** From now on everything counts from the beginning. */
  public void reset() {
    statements.clear();
    rows.set(0);
  }

  /** The statements that were prepared, with their question marks. */
  public List<String> statements() {
    return List.copyOf(statements);
  }

  /** How many rows came back. */
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
