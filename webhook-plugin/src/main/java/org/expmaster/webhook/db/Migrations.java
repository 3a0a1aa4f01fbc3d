package org.expmaster.webhook.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Migrates the plugin's tables to the version of this jar. */
final class Migrations {
  static final String HISTORY = "webhooks_schema_history";

  private static final String ACCEPT =
      "UPDATE " + HISTORY + " SET checksum = ? WHERE version = ? AND checksum = ?";

  private final Connection connection;
  private final Flyway flyway;
  private final String directory;

  /**
   * @param connection the connection that everything runs on
   * @param dataSource returns this connection
   * @param directory the directory of the migrations, relative to this package
   */
  Migrations(Connection connection, DataSource dataSource, String directory) {
    this.connection = connection;
    this.directory = directory;
    this.flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(dataSource)
            .locations("classpath:org/expmaster/webhook/db/" + directory)
            .table(HISTORY)
            // the schema is not empty: it contains the master's own tables
            .baselineOnMigrate(true)
            .baselineVersion("0")
            // by default, Flyway would bypass the jar's silent SLF4J and write to java.util.logging
            .loggers("slf4j")
            .load();
  }

  /**
   * A migration whose file was edited after its release, in a comment only. Databases that were
   * migrated with the earlier file still store its checksum.
   */
  private record Edited(String directory, String version, int checksumBefore) {}

  private static final List<Edited> EDITED =
      List.of(new Edited("postgresql", "1", -47242536), new Edited("sqlite", "1", 1051217508));

  /**
   * Runs the migrations that the database lacks.
   *
   * @throws IllegalStateException if a newer jar has migrated the tables (the message says what to
   *     do), or if a migration fails
   */
  void run() throws SQLException {
    try {
      MigrationInfo[] known = flyway.info().all();
      refuseNewer(known);
      for (MigrationInfo migration : known) {
        acceptEdited(migration);
      }
      flyway.migrate();
    } catch (FlywayException failed) {
      throw new IllegalStateException(
          "the tables of the webhooks could not be brought up to date: " + failed.getMessage(),
          failed);
    }
  }

  private static void refuseNewer(MigrationInfo[] migrations) {
    Optional<MigrationInfo> newest =
        Arrays.stream(migrations)
            .filter(Migrations::isOfNewerJar)
            .max(Comparator.comparing(MigrationInfo::getVersion));
    if (newest.isEmpty()) {
      return;
    }
    String known =
        Arrays.stream(migrations)
            .filter(migration -> migration.getResolvedChecksum() != null)
            .map(MigrationInfo::getVersion)
            .max(Comparator.naturalOrder())
            .map(Object::toString)
            .orElse("none");
    throw new IllegalStateException(
        "the tables of the webhooks are of version %s, made by a newer plugin; this jar knows"
                .formatted(newest.get().getVersion())
            + " versions up to %s. Install the newer jar again, or restore the database as it was"
                .formatted(known)
            + " before the newer jar");
  }

  private static boolean isOfNewerJar(MigrationInfo migration) {
    return migration.getState() == MigrationState.FUTURE_SUCCESS
        || migration.getState() == MigrationState.FUTURE_FAILED;
  }

  private void acceptEdited(MigrationInfo migration) throws SQLException {
    for (Edited edited : EDITED) {
      if (edited.directory().equals(directory)
          && edited.version().equals(String.valueOf(migration.getVersion()))
          && Objects.equals(migration.getAppliedChecksum(), edited.checksumBefore())) {
        try (PreparedStatement accept = connection.prepareStatement(ACCEPT)) {
          accept.setInt(1, migration.getResolvedChecksum());
          accept.setString(2, edited.version());
          accept.setInt(3, edited.checksumBefore());
          accept.executeUpdate();
        }
      }
    }
  }
}
