package org.expmaster.plugin;

import java.util.Objects;

/** A setting is missing, of the wrong type or not allowed. The message starts with its path. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String path;

  /**
   * @param path the dotted path of the setting
   * @param problem what is wrong and what would be right, to be read after the path; must not
   *     contain a secret
   */
  public SettingsException(String path, String problem) {
    super(Objects.requireNonNull(path, "path") + " " + Objects.requireNonNull(problem, "problem"));
    this.path = path;
  }

  /** Returns the dotted path of the setting. */
  public String path() {
    return path;
  }
}
