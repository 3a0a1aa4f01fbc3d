package org.expmaster.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged. */
final class LogLevel {
  private LogLevel() {}

  static void set(String level) {
    Logger own = (Logger) LoggerFactory.getLogger("org.expmaster");
    own.setLevel(Level.toLevel(level));
  }
}
