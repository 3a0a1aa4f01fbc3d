package org.expmaster.host.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Captures what any logger logs at WARN and above while this is open. */
public final class LogLines implements AutoCloseable {
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            events.add(event);
          }
        }
      };

  public LogLines() {
    appender.start();
    root.addAppender(appender);
  }

  /**
   * Returns the formatted messages with this text. Fails if one has a stack trace or line breaks.
   */
  public List<String> with(String text) {
    return events.stream()
        .filter(event -> event.getFormattedMessage().contains(text))
        .map(LogLines::oneLine)
        .toList();
  }

  /** Returns the formatted messages with this text, with or without a stack trace. */
  public List<String> messages(String text) {
    return events.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(message -> message.contains(text))
        .toList();
  }

  private static String oneLine(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    if (event.getThrowableProxy() != null || message.contains("\n")) {
      throw new AssertionError("more than a line: " + message);
    }
    return message;
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
  }
}
