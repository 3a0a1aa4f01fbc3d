package org.expmaster.webhook.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Puts faults where the database is used: an error at one step, or all of them as long as it is
 * away.
 */
public final class Faults {
  /** What gives something back has to work: nobody could do anything about it. */
  private static final Set<String> SAFE =
      Set.of("close", "rollback", "isClosed", "unwrap", "isWrapperFor", "toString", "hashCode");

  private final AtomicLong steps = new AtomicLong();
  private volatile long failing = -1;
  private volatile Supplier<? extends Throwable> fault;
  private volatile Supplier<? extends Throwable> away;

  /** Has the step with this number, counted from now on, throw this. */
  public void at(long step, Supplier<? extends Throwable> thrown) {
    steps.set(0);
    fault = thrown;
    failing = step;
  }

  /** Whether the step came. */
  public boolean hasCome() {
    return steps.get() > failing;
  }

  /** Has all steps throw this until {@link #bringBack}. */
  public void takeAway(Supplier<? extends Throwable> thrown) {
    away = thrown;
  }

  /** The steps work again. */
  public void bringBack() {
    away = null;
  }

  /** One step, which may fail. */
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

  /** The same database, each use of which is a step. */
  public DataSource in(DataSource dataSource) {
    return (DataSource) proxy(DataSource.class, dataSource);
  }

  /** The same, each call of which is a step, as are the calls of what it returns. */
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
