package org.expmaster.webhook.delivery;

import java.sql.SQLException;

/** Describes throwables in one line for logs and the status: never empty, never a whole row. */
public final class Reasons {
  private static final int LONGEST = 300;

  /** Used if there is no memory for a description. */
  private static final String UNSAYABLE = "an error of which nothing more can be said";

  private Reasons() {}

  /** Returns why it was thrown, as far as known. Never throws, not even without memory. */
  public static String of(Throwable thrown) {
    try {
      return described(thrown);
    } catch (Throwable unsayable) {
      return UNSAYABLE;
    }
  }

  private static String described(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getMessage() != null) {
        return firstLine(sql.getMessage())
            + (sql.getSQLState() == null ? "" : " (SQLSTATE " + sql.getSQLState() + ")");
      }
    }
    return firstLine(thrown.toString());
  }

  /** Further lines, such as PostgreSQL's detail, may repeat the data to be written. */
  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }
}
