package org.expmaster.webhook.event;

import java.util.Objects;

/** The content of an alert. Title and description may be empty and may contain any text. */
public record Alert(String title, String description, Level level) {
  public Alert {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(level, "level");
  }

  /** The severity of an alert. Receivers see the names: do not rename. */
  public enum Level {
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    CRITICAL
  }
}
