package org.expmaster.webhook.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Makes each use of the plugin's log a step of {@link Faults}, until closed. */
public final class FaultyLog implements AutoCloseable {
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Step step = new Step();
  public final Faults faults = new Faults();

  private final class Step extends TurboFilter {
    @Override
    public FilterReply decide(
        Marker marker, Logger logger, Level level, String format, Object[] args, Throwable thrown) {
      if (logger.getName().startsWith("org.expmaster.webhook")) {
        faults.step();
      }
      return FilterReply.NEUTRAL;
    }
  }

  /** Starts without faults. */
  public FaultyLog() {
    context.addTurboFilter(step);
  }

  @Override
  public void close() {
    context.getTurboFilterList().remove(step);
  }
}
