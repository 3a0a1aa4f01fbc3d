package org.expmaster.webhook.testing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.expmaster.webhook.db.Database;

/** Reads the query plans that the database makes without knowing a statement's parameters. */
public final class Plans {
  private static final Pattern WHOLE_TABLE = Pattern.compile("(?:Seq Scan on|SCAN) (\\w+)");

  private Plans() {}

  /** Returns the tables, by name or alias, that are scanned in full. */
  public static List<String> wholeTables(Database database, List<String> statements)
      throws SQLException {
    List<String> tables = new ArrayList<>();
    for (String statement : statements) {
      Matcher scans = WHOLE_TABLE.matcher(plan(database, statement));
      while (scans.find()) {
        tables.add(scans.group(1));
      }
    }
    return tables;
  }

  private static String plan(Database database, String statement) throws SQLException {
    return database
        .jdbi()
        .withHandle(
            handle -> {
              try (Statement asking = handle.getConnection().createStatement()) {
                return !database.dialect().isShared()
                    ? read(asking, "EXPLAIN QUERY PLAN " + statement.replace("?", "1"), 4)
                    : readGeneric(asking, statement);
              }
            });
  }

  private static String readGeneric(Statement asking, String statement) throws SQLException {
    int[] number = {0};
    String numbered =
        Pattern.compile("\\?").matcher(statement).replaceAll(mark -> "\\$" + ++number[0]);
    asking.execute("SET plan_cache_mode = force_generic_plan");
    asking.execute("PREPARE explained AS " + numbered);
    try {
      String values = String.join(", ", Collections.nCopies(number[0], "NULL"));
      String call = number[0] == 0 ? "" : "(" + values + ")";
      return read(asking, "EXPLAIN EXECUTE explained" + call, 1);
    } finally {
      asking.execute("DEALLOCATE explained");
      asking.execute("RESET plan_cache_mode");
    }
  }

  private static String read(Statement asking, String explain, int column) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (ResultSet lines = asking.executeQuery(explain)) {
      while (lines.next()) {
        plan.append(lines.getString(column)).append('\n');
      }
    }
    return plan.toString();
  }
}
