package org.expmaster.webhook.event;

import java.util.Objects;

/** What an alert says; title and description may be empty, and hold any text. */
public record Alert(String title, String description, Level level) {
  public Alert {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(level, "level");
  }

  /** How much an alert matters. Names are what receivers read: do not rename. */
  public enum Level {
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    CRITICAL
  }
}
