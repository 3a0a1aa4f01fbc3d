package org.expmaster.host.config;

/** The configuration cannot be used. The message is for the operator and contains no secret. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ConfigException(String message) {
    super(message);
  }
}
