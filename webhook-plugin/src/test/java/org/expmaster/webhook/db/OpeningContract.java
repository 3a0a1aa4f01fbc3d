package org.expmaster.webhook.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.expmaster.webhook.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.statement.StatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts of the plugin on databases with various contents. */
abstract class OpeningContract {
  @TempDir Path directory;

  private TestDatabase testDatabase;

  abstract TestDatabase newDatabase();

  @BeforeEach
  void make() {
    testDatabase = newDatabase();
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  private void execute(String sql) {
    testDatabase.open().jdbi().useHandle(handle -> handle.execute(sql));
  }

  private String refusal() {
    return assertThrows(IllegalStateException.class, testDatabase::open).getMessage();
  }

  /** A host logs the exception with its stack trace, and the stores bind URLs, keys and bodies. */
  @Test
  void whatIsThrownDoesNotRepeatWhatWasBound() {
    Database database = testDatabase.open();
    String insert = "INSERT INTO webhooks_nowhere (url) VALUES (:url)";
    StatementException thrown =
        assertThrows(
            StatementException.class,
            () ->
                database
                    .jdbi()
                    .useHandle(
                        handle ->
                            handle
                                .createUpdate(insert)
                                .bind("url", "https://hooks.example/secret")
                                .execute()));
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertFalse(trace.toString().contains("secret"), trace::toString);
  }

  /** A migration that adds or drops a column requires a change in {@link Tables}. */
  @Test
  void whatTheCodeNeedsIsExactlyWhatTheMigrationsMake() throws SQLException {
    Map<String, TreeSet<String>> needed = new TreeMap<>();
    Tables.needed().forEach((table, columns) -> needed.put(table, new TreeSet<>(columns)));
    assertEquals(needed, found());
  }

  private Map<String, TreeSet<String>> found() throws SQLException {
    return testDatabase
        .open()
        .inTransaction(
            connection -> {
              Map<String, TreeSet<String>> found = new TreeMap<>();
              DatabaseMetaData metaData = connection.getMetaData();
              try (ResultSet row = metaData.getColumns(null, null, "webhooks\\_%", null)) {
                while (row.next()) {
                  found
                      .computeIfAbsent(row.getString("TABLE_NAME"), table -> new TreeSet<>())
                      .add(row.getString("COLUMN_NAME"));
                }
              }
              found.remove(Migrations.HISTORY);
              return found;
            });
  }

  @Test
  void tablesOfANewerJarAreRefusedWithWhatToDo() {
    execute(
        """
        INSERT INTO webhooks_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by,
           execution_time, success)
        VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 7, 'somebody', 1, TRUE)
        """);
    String refusal = refusal();
    assertTrue(refusal.contains("of version 99"), refusal);
    assertTrue(refusal.contains("up to " + newest() + "."), refusal);
    assertTrue(refusal.contains("Install the newer jar"), refusal);
    assertTrue(refusal.contains("restore"), refusal);
  }

  private static int newest() {
    return MigrationFiles.in("sqlite").stream()
        .mapToInt(MigrationFiles::version)
        .max()
        .orElseThrow();
  }

  @Test
  void aColumnThatSomebodyRenamedIsNamed() {
    execute("ALTER TABLE webhooks_outbox RENAME COLUMN due_at TO due");
    String refusal = refusal();
    assertTrue(refusal.contains("webhooks_outbox has no column due_at"), refusal);
  }

  @Test
  void aTableThatIsGoneIsNamed() {
    execute("DROP TABLE webhooks_tally");
    String refusal = refusal();
    assertTrue(refusal.contains("webhooks_tally"), refusal);
    assertTrue(refusal.contains("restore"), refusal);
  }

  @Test
  void aDatabaseThatWasMadeBeforeACommentWasEditedIsTakenAsItIs() throws IOException {
    Path before = Files.createDirectory(directory.resolve("before"));
    Path first = MigrationFiles.in(testDatabase.open().dialect().migrations()).get(0);
    testDatabase.close();
    testDatabase = newDatabase();
    // the file as first released
    Files.writeString(
        before.resolve(first.getFileName()),
        MigrationFiles.text(first).replace("1, 2, ...", "1, 2, \u2026"));
    Flyway.configure()
        .dataSource(testDatabase.dataSource())
        .locations("filesystem:" + before)
        .table(Migrations.HISTORY)
        .load()
        .migrate();
    testDatabase.open();
    testDatabase.open();
  }

  @Test
  void aMigrationThatIsNotTheOneThatWasRunIsRefused() {
    execute("UPDATE webhooks_schema_history SET checksum = 7 WHERE version = '2'");
    String refusal = refusal();
    assertTrue(refusal.contains("checksum"), refusal);
  }
}
