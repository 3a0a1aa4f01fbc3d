package org.expmaster.webhook.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Injects faults where the database is used: an error at one step, or at every step while the
 * database is away.
 */
public final class Faults {
  /** Methods that must not fail, since their callers could do nothing about it. */
  private static final Set<String> SAFE =
      Set.of("close", "rollback", "isClosed", "unwrap", "isWrapperFor", "toString", "hashCode");

  private final AtomicLong steps = new AtomicLong();
  private volatile long failing = -1;
  private volatile Supplier<? extends Throwable> fault;
  private volatile Supplier<? extends Throwable> away;

  /** Makes the step with this number, counted from 0 from now on, throw this. */
  public void at(long step, Supplier<? extends Throwable> thrown) {
    steps.set(0);
    fault = thrown;
    failing = step;
  }

  /** Whether the failing step was reached. */
  public boolean hasCome() {
    return steps.get() > failing;
  }

  /** Makes all steps throw this until {@link #bringBack}. */
  public void takeAway(Supplier<? extends Throwable> thrown) {
    away = thrown;
  }

  /** Makes the steps work again. */
  public void bringBack() {
    away = null;
  }

  /** Takes a step, which may fail. */
  public void step() {
    Supplier<? extends Throwable> gone = away;
    if (gone != null) {
      sneak(gone.get());
    }
    if (failing >= 0 && steps.getAndIncrement() == failing) {
      sneak(fault.get());
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** Wraps a data source so that each use of it is a step. */
  public DataSource in(DataSource dataSource) {
    return (DataSource) proxy(DataSource.class, dataSource);
  }

  /** Wraps an object so that each call of it, and of the JDBC objects it returns, is a step. */
  private Object proxy(Class<?> type, Object target) {
    return Proxy.newProxyInstance(
        Faults.class.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) -> {
          if (!SAFE.contains(method.getName())) {
            step();
          }
          try {
            Object result = method.invoke(target, arguments);
            Class<?> returned = method.getReturnType();
            boolean isOurs =
                returned.isInterface()
                    && returned.getPackageName().equals("java.sql")
                    && !returned.getSimpleName().equals("Array");
            return result == null || !isOurs ? result : proxy(returned, result);
          } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
          }
        });
  }
}
