package org.expmaster.webhook.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** The databases a master may have. */
public enum Dialect {
  /** Where several masters share the work. */
  POSTGRESQL,
  /** The embedded default. */
  SQLITE;

  /** Which database a connection reaches. */
  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "PostgreSQL" -> POSTGRESQL;
      case "SQLite" -> SQLITE;
      default ->
          throw new IllegalStateException(
              "the master's database is " + product + "; webhooks need PostgreSQL or SQLite");
    };
  }

  /** Where the migrations for this database stand on the class path. */
  String migrations() {
    return "classpath:org/expmaster/webhook/db/" + name().toLowerCase(Locale.ROOT);
  }

  /** Whether a statement failed because a row with the same unique key exists. */
  public boolean isUniqueViolation(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return this == POSTGRESQL
            ? "23505".equals(sql.getSQLState())
            : String.valueOf(sql.getMessage()).contains("UNIQUE constraint failed");
      }
    }
    return false;
  }
}
