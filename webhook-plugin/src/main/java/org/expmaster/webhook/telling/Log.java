package org.expmaster.webhook.telling;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A class's voice in the master's log. It throws nothing, whatever the log does. */
public final class Log {
  /** There is one log in a master, as SLF4J has it. */
  private static final Telling TELLING = new Telling();

  private final Logger logger;

  private Log(Logger logger) {
    this.logger = logger;
  }

  /** The voice of this class. */
  public static Log of(Class<?> speaker) {
    return new Log(LoggerFactory.getLogger(speaker));
  }

  /** Why the last line could not be logged; empty if it could. */
  public static Optional<Throwable> failure() {
    return TELLING.failure();
  }

  /** As of {@link Logger#error(String, Object...)}. */
  public void error(String format, Object... arguments) {
    TELLING.tell(() -> logger.error(format, arguments));
  }

  /** As of {@link Logger#warn(String, Object...)}. */
  public void warn(String format, Object... arguments) {
    TELLING.tell(() -> logger.warn(format, arguments));
  }

  /** As of {@link Logger#info(String, Object...)}. */
  public void info(String format, Object... arguments) {
    TELLING.tell(() -> logger.info(format, arguments));
  }

  /** As of {@link Logger#debug(String, Object...)}. */
  public void debug(String format, Object... arguments) {
    TELLING.tell(() -> logger.debug(format, arguments));
  }

  /** Whether somebody listens to {@link #debug}, which may cost something to say. */
  public boolean isDebugEnabled() {
    try {
      return logger.isDebugEnabled();
    } catch (Throwable unknown) {
      return false;
    }
  }
}
