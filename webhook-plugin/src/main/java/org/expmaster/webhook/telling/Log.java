package org.expmaster.webhook.telling;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A class's logger in the master's log. Never throws, whatever the log does. */
public final class Log {
  /** One for all loggers: with SLF4J, a master has a single log. */
  private static final Telling TELLING = new Telling();

  private final Logger logger;

  private Log(Logger logger) {
    this.logger = logger;
  }

  /** Returns the logger of a class. */
  public static Log of(Class<?> speaker) {
    return new Log(LoggerFactory.getLogger(speaker));
  }

  /** Returns why the last line could not be logged, or empty if it could. */
  public static Optional<Throwable> failure() {
    return TELLING.failure();
  }

  /** Logs as {@link Logger#error(String, Object...)} does. */
  public void error(String format, Object... arguments) {
    TELLING.tell(() -> logger.error(format, arguments));
  }

  /** Logs as {@link Logger#warn(String, Object...)} does. */
  public void warn(String format, Object... arguments) {
    TELLING.tell(() -> logger.warn(format, arguments));
  }

  /** Logs as {@link Logger#info(String, Object...)} does. */
  public void info(String format, Object... arguments) {
    TELLING.tell(() -> logger.info(format, arguments));
  }

  /** Logs as {@link Logger#debug(String, Object...)} does. */
  public void debug(String format, Object... arguments) {
    TELLING.tell(() -> logger.debug(format, arguments));
  }

  /** Returns whether {@link #debug} logs anything; ask before building a costly message. */
  public boolean isDebugEnabled() {
    try {
      return logger.isDebugEnabled();
    } catch (Throwable unknown) {
      return false;
    }
  }
}
