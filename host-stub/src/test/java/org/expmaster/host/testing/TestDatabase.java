package org.expmaster.host.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

  private TestDatabase() {}

  public static DbSettings sqlite(Path directory) {
    String file = "test" + NUMBER.incrementAndGet() + ".db";
    return settings("jdbc:sqlite:" + directory.resolve(file));
  }

  /** A new database of this server. */
  public static DbSettings postgresql(EmbeddedPostgres server) throws SQLException {
    String name = "test" + NUMBER.incrementAndGet();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return settings(server.getJdbcUrl("postgres", name));
  }

  /** A real server, small and on a free port. */
  public static EmbeddedPostgres postgresqlServer() throws IOException {
    return EmbeddedPostgres.builder().start();
  }

  /** Opens it, with the users and the workspace that are always there. */
  public static Database open(DbSettings settings) {
    Database database = Database.open(settings);
    new FirstStart(new UserStore(database.jdbi()), new Passwords(1)).run(Optional.of("secret"));
    return database;
  }

  private static DbSettings settings(String url) {
    return new DbSettings(url, Optional.empty(), Optional.empty(), 8);
  }
}
