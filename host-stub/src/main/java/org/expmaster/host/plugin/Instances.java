package org.expmaster.host.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import org.pf4j.PluginRuntimeException;

/** Creates instances of plugins' classes, which need not be public. */
final class Instances {
  private Instances() {}

  /** Uses the constructor that takes exactly these arguments; without any, the no-argument one. */
  static Object make(Class<?> type, Object... arguments) {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (fits(constructor.getParameterTypes(), arguments)) {
        return call(constructor, arguments);
      }
    }
    throw new PluginRuntimeException(
        type.getName() + " has no constructor that takes " + Arrays.toString(names(arguments)));
  }

  static boolean canMake(Class<?> type, Object... arguments) {
    return Arrays.stream(type.getDeclaredConstructors())
        .anyMatch(constructor -> fits(constructor.getParameterTypes(), arguments));
  }

  private static boolean fits(Class<?>[] parameters, Object[] arguments) {
    if (parameters.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < parameters.length; i++) {
      if (!parameters[i].isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  private static Object call(Constructor<?> constructor, Object... arguments) {
    try {
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new PluginRuntimeException(
          e.getCause(), constructor.getDeclaringClass().getName() + " cannot be made");
    } catch (ReflectiveOperationException e) {
      throw new PluginRuntimeException(e, constructor.getDeclaringClass().getName());
    }
  }

  private static String[] names(Object[] arguments) {
    return Arrays.stream(arguments).map(a -> a.getClass().getSimpleName()).toArray(String[]::new);
  }
}
