package org.expmaster.webhook.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Checks that the tables and columns that the code uses exist. A renamed column would otherwise be
 * noticed only by the first event, which would be lost.
 */
final class Tables {
  /** The columns that the migrations create, on every database; a test compares the two. */
  private static final String NEEDED =
      """
      webhooks_signing_key: id signing_key created_at signs_from
      webhooks_registry_version: id version
      webhooks_webhook: id name url type mode workspace_id created_by created_at version \
        payload_version template changed headers moved_at secret previous_secret previous_until \
        updated_by updated_at
      webhooks_trigger: id webhook_id type condition created_at
      webhooks_event: id event_id event_type experiment_id content_type created_at uses body \
        traceparent
      webhooks_outbox: webhook_id created_at id due_at leased_until lease attempts failures
      webhooks_history: webhook_id state created_at id attempts ended_at status millis response \
        reason
      webhooks_attempt: webhook_id delivery_id attempt at status problem millis response
      webhooks_leftover: webhook_id deleted_at
      webhooks_health: webhook_id failing_since paused_until disabled_at reason version
      webhooks_fired: trigger_id subject fired_at
      webhooks_tally: webhook_id hour delivered failed last_at last_ending
      webhooks_cut_short: webhook_id trigger_id times last_at
      webhooks_clock: id at wall beat
      webhooks_deleted: changed webhook_id
      webhooks_catch_up: id version reads_from looked_at
      webhooks_seen_end: at experiment_id
      webhooks_audit: id at user_id username action webhook_id webhook_name detail
      """;

  private Tables() {}

  /** Returns the columns by table. */
  static Map<String, List<String>> needed() {
    Map<String, List<String>> needed = new LinkedHashMap<>();
    NEEDED
        .lines()
        .map(line -> line.split(":"))
        .forEach(line -> needed.put(line[0], Arrays.asList(line[1].strip().split("\\s+"))));
    return needed;
  }

  /**
   * Reads the column names of every table.
   *
   * @throws IllegalStateException if a table or column is missing or a table may not be read; the
   *     message names it
   */
  static void check(Connection connection) {
    needed().forEach((table, columns) -> check(connection, table, columns));
  }

  private static void check(Connection connection, String table, List<String> columns) {
    List<String> missing = new ArrayList<>(columns);
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
      ResultSetMetaData found = none.getMetaData();
      for (int i = 1; i <= found.getColumnCount(); i++) {
        missing.remove(found.getColumnName(i).toLowerCase(Locale.ROOT));
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(
          "the table " + table + " cannot be read: " + failed.getMessage() + advice(), failed);
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "the table " + table + " has no column " + String.join(", ", missing) + advice());
    }
  }

  private static String advice() {
    return ". The webhooks' tables have been changed by hand: change them back, or restore the"
        + " database";
  }
}
