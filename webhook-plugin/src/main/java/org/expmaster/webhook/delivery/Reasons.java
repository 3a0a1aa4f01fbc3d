package org.expmaster.webhook.delivery;

import java.sql.SQLException;

/** What was thrown, in one line for logs and for the status: never empty, and never a whole row. */
public final class Reasons {
  private static final int LONGEST = 300;

  /** Said where there is no memory to say more. */
  private static final String UNSAYABLE = "an error of which nothing more can be said";

  private Reasons() {}

  /** Why it was thrown, as far as that is known. Throws nothing, not even without memory. */
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

  /** What follows, such as PostgreSQL's detail, may repeat what was to be written. */
  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }
}
