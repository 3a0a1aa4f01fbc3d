package org.expmaster.webhook.db;

import java.util.ArrayList;
import java.util.List;

/** What the first column of a table's key holds. */
public final class KeyWalk {
  /** How many are read in one go: nobody waits for the connection while there are very many. */
  private static final int BATCH = 500;

  private KeyWalk() {}

  /** Each value once, walked by skipping from one to the next: as cheap as there are values. */
  public static List<Long> first(Database database, String table, String column) {
    List<Long> all = new ArrayList<>();
    List<Long> batch;
    do {
      batch = batch(database, table, column, all.isEmpty() ? -1 : all.get(all.size() - 1));
      all.addAll(batch);
    } while (batch.size() == BATCH);
    return all;
  }

  private static List<Long> batch(Database database, String table, String column, long after) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        WITH RECURSIVE walk (at) AS (
                          SELECT (SELECT min(<column>) FROM <table> WHERE <column> > :after)
                          UNION ALL
                          SELECT (SELECT min(<column>) FROM <table> WHERE <column> > walk.at)
                          FROM walk WHERE walk.at IS NOT NULL)
                        SELECT at FROM walk WHERE at IS NOT NULL LIMIT :limit
                        """)
                    .define("table", table)
                    .define("column", column)
                    .bind("after", after)
                    .bind("limit", BATCH)
                    .mapTo(Long.class)
                    .list());
  }
}
