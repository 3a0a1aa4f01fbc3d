package org.expmaster.webhook.outbox;

import java.util.List;
import org.expmaster.webhook.db.Database;

/** What the first column of a table's key holds. */
final class Keys {
  private Keys() {}

  /** Each value once, walked by skipping from one to the next: as cheap as there are values. */
  static List<Long> first(Database database, String table, String column) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        WITH RECURSIVE walk (at) AS (
                          SELECT (SELECT min(<column>) FROM <table>)
                          UNION ALL
                          SELECT (SELECT min(<column>) FROM <table> WHERE <column> > walk.at)
                          FROM walk WHERE walk.at IS NOT NULL)
                        SELECT at FROM walk WHERE at IS NOT NULL
                        """)
                    .define("table", table)
                    .define("column", column)
                    .mapTo(Long.class)
                    .list());
  }
}
