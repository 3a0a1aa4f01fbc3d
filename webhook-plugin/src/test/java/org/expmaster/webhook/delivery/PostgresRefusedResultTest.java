package org.expmaster.webhook.delivery;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresRefusedResultTest extends RefusedResultContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }

  @Override
  String[] refusal(String operation, String table, String condition) {
    return new String[] {
      """
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'refused'; END $$
      """,
      "CREATE TRIGGER refusing BEFORE %s ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION refuse()"
          .formatted(operation, table, condition)
    };
  }

  @Override
  String allowed(String table) {
    return "DROP TRIGGER refusing ON " + table;
  }
}
