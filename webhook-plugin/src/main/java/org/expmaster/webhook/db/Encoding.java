package org.expmaster.webhook.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Checks that the database can store any text that users and receivers may send. */
final class Encoding {
  /** A snowman and a face: only encodings for all of Unicode have both. */
  private static final String ANYTHING = "\u2603\uD83D\uDE00";

  private Encoding() {}

  /**
   * Sends a text to the database and compares what comes back.
   *
   * @throws IllegalStateException if the text is refused or changed; the message says what to do
   */
  static void require(Connection connection) throws SQLException {
    if (!comesBack(connection)) {
      throw new IllegalStateException(
          "the encoding of the master's database is "
              + name(connection)
              + ", which cannot hold every character of names, logs and answers; webhooks need"
              + " UTF8. Make a database with ENCODING 'UTF8' and move the master's data there"
              + " (pg_dump, pg_restore)");
    }
  }

  private static boolean comesBack(Connection connection) throws SQLException {
    try (PreparedStatement echo = connection.prepareStatement("SELECT CAST(? AS TEXT)")) {
      echo.setString(1, ANYTHING);
      try (ResultSet answer = echo.executeQuery()) {
        return answer.next() && ANYTHING.equals(answer.getString(1));
      }
    } catch (SQLException failed) {
      // class 22 means invalid data: here, a character without an equivalent
      if (String.valueOf(failed.getSQLState()).startsWith("22")) {
        return false;
      }
      throw failed;
    }
  }

  private static String name(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet name = statement.executeQuery("SHOW server_encoding")) {
      return name.next() ? name.getString(1) : "unknown";
    }
  }
}
