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

/** Creates empty databases of both kinds. */
public final class TestDatabase {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** The kinds of database a master may use. */
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

    /** Returns the URL of an empty database; if it is a file, in this directory. */
    public abstract String newUrl(Path directory) throws SQLException;
  }

  private TestDatabase() {}

  public static DbSettings sqlite(Path directory) {
    return settings(sqliteUrl(directory));
  }

  /** Creates a database on the server that the tests of this JVM share. */
  public static DbSettings postgresql() throws SQLException {
    return settings(PostgresServer.shared().newDatabase());
  }

  /** Opens the database and creates the initial users and workspace. */
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
