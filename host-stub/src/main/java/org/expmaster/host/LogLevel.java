package org.expmaster.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Sets how much this project's own loggers log. */
final class LogLevel {
  private LogLevel() {}

  static void set(String level) {
    Logger own = (Logger) LoggerFactory.getLogger("org.expmaster");
    own.setLevel(Level.toLevel(level));
  }
}
