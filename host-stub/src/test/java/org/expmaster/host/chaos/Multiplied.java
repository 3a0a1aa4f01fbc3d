package org.expmaster.host.chaos;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Thousands of webhooks like one, written past the master, which must not run meanwhile. */
final class Multiplied {
  /** Beyond what a test creates otherwise. */
  private static final long FIRST_ID = 1_000_000;

  private Multiplied() {}

  static void webhook(ChaosDatabase database, long webhook, int times) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.url());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String[] table :
          List.of(
              new String[] {"webhooks_webhook", "id"},
              new String[] {"webhooks_trigger", "webhook_id"})) {
        copy(statement, table[0], table[1], webhook, times);
      }
      connection.commit();
    }
  }

  private static void copy(Statement statement, String table, String key, long webhook, int times)
      throws SQLException {
    List<String> others = columns(statement, table);
    others.remove("id");
    others.remove(key);
    String columns = others.stream().map(name -> ", " + name).collect(joining());
    boolean isWebhook = key.equals("id");
    String rest = isWebhook ? "" : ", id";
    String ids = isWebhook ? "" : ", copy.number * 10 + id";
    statement.executeUpdate(
        """
        WITH RECURSIVE copy (number) AS (
          SELECT %d UNION ALL SELECT number + 1 FROM copy WHERE number < %d)
        INSERT INTO %s (%s%s%s) SELECT copy.number%s%s FROM copy, %s WHERE %s = %d
        """
            .formatted(
                FIRST_ID,
                FIRST_ID + times - 1,
                table,
                key,
                rest,
                columns,
                ids,
                columns,
                table,
                key,
                webhook));
  }

  private static List<String> columns(Statement statement, String table) throws SQLException {
    try (ResultSet nothing = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
      ResultSetMetaData described = nothing.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= described.getColumnCount(); i++) {
        columns.add(described.getColumnName(i));
      }
      return columns;
    }
  }
}
