package org.expmaster.host.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.expmaster.host.testing.PostgresServer;

/** A database that outlives its masters and can be inspected from outside. */
interface ChaosDatabase {

  /** The kinds of database a master may use. */
  enum Kind {
    SQLITE {
      @Override
      ChaosDatabase create(Path directory) {
        return new Sqlite(directory.resolve("chaos.db"));
      }
    },
    POSTGRESQL {
      @Override
      ChaosDatabase create(Path directory) throws SQLException {
        return ChaosDatabase.of(PostgresServer.shared());
      }
    };

    abstract ChaosDatabase create(Path directory) throws SQLException;
  }

  /** Creates a new database on this server. */
  static ChaosDatabase of(PostgresServer server) throws SQLException {
    return new Postgresql(server.newDatabase());
  }

  String url();

  /**
   * Returns what to inspect while no master runs. Opening a database after a kill recovers it, and
   * that must be left to the next master.
   */
  ChaosDatabase remains();

  /** Returns the number of connections from masters; 0 for a file. */
  int connections();

  /** Returns the current contents, read in one snapshot. */
  default DatabaseView look() {
    try (Connection connection = DriverManager.getConnection(url())) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return DatabaseView.of(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file, with its write-ahead log beside it. */
  record Sqlite(Path file) implements ChaosDatabase {
    @Override
    public String url() {
      return "jdbc:sqlite:" + file;
    }

    @Override
    public ChaosDatabase remains() {
      Sqlite copy = new Sqlite(file.resolveSibling("copy.db"));
      copy(file, copy.file);
      copy(log(), copy.log());
      return copy;
    }

    @Override
    public int connections() {
      return 0;
    }

    private Path log() {
      return file.resolveSibling(file.getFileName() + "-wal");
    }

    private static void copy(Path from, Path to) {
      try {
        if (Files.exists(from)) {
          Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } else {
          Files.deleteIfExists(to);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A database on a server, which does the recovery itself. */
  record Postgresql(String url) implements ChaosDatabase {
    @Override
    public int connections() {
      String count =
          """
          SELECT count(*) FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = 'expmaster'
          """;
      try (Connection connection = DriverManager.getConnection(url);
          ResultSet row = connection.createStatement().executeQuery(count)) {
        row.next();
        return row.getInt(1);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public ChaosDatabase remains() {
      return this;
    }
  }
}
