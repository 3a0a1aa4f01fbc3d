package org.expmaster.webhook.db;

import java.util.ArrayList;
import java.util.List;

/** Reads the distinct values of the first column of a table's key. */
public final class KeyWalk {
  /** Values per query: between queries, others can use the connection. */
  private static final int BATCH = 500;

  private KeyWalk() {}

  /** Returns each value once. It skips from value to value: the cost is one step per value. */
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
