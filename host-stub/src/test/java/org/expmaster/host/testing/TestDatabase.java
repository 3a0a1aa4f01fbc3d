package org.expmaster.host.testing;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.expmaster.host.auth.FirstStart;
import org.expmaster.host.auth.Passwords;
import org.expmaster.host.auth.UserStore;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.db.Database;

/** Empty databases, of both kinds. */
public final class TestDatabase {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** The kinds a master may have. */
  public enum Kind {
    SQLITE {
      @Override
      public String newUrl(Path directory) {
        return sqliteUrl(directory);
      }
    },
    POSTGRESQL {
      @Override
      public String newUrl(Path directory) throws SQLException {
        return PostgresServer.shared().newDatabase();
      }
    };

    /** An empty one; where it is a file, in this directory. */
    public abstract String newUrl(Path directory) throws SQLException;
  }

  private TestDatabase() {}

  public static DbSettings sqlite(Path directory) {
    return settings(sqliteUrl(directory));
  }

  /** A new database of the server that the tests of this JVM share. */
  public static DbSettings postgresql() throws SQLException {
    return settings(PostgresServer.shared().newDatabase());
  }

  /** Opens it, with the users and the workspace that are always there. */
  public static Database open(DbSettings settings) {
    Database database = Database.open(settings);
    new FirstStart(new UserStore(database.jdbi()), new Passwords(1)).run(Optional.of("secret"));
    return database;
  }

  private static String sqliteUrl(Path directory) {
    return "jdbc:sqlite:" + directory.resolve("test" + NUMBER.incrementAndGet() + ".db");
  }

  private static DbSettings settings(String url) {
    return new DbSettings(url, Optional.empty(), Optional.empty(), 8);
  }
}
