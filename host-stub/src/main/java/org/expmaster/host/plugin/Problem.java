package org.expmaster.host.plugin;

import org.expmaster.plugin.SettingsException;
import org.pf4j.PluginRuntimeException;

/** Describes a failure in one line, for an operator. */
final class Problem {
  private static final int MAX_LENGTH = 500;

  private Problem() {}

  static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = plain(failure);
    if (root != failure && !text.contains(String.valueOf(root.getMessage()))) {
      text = text + " (" + plain(root) + ")";
    }
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }

  /** Adds the exception's type if the message was not written for operators. */
  private static String plain(Throwable failure) {
    boolean forOperators =
        failure instanceof SettingsException || failure instanceof PluginRuntimeException;
    return forOperators && failure.getMessage() != null ? failure.getMessage() : failure.toString();
  }
}
