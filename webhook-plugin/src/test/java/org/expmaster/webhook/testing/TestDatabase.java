package org.expmaster.webhook.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.expmaster.webhook.db.Database;

/** A fresh, real database, with connections as a master gives them out. */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger names = new AtomicInteger();

  private final HikariDataSource pool;

  private TestDatabase(HikariDataSource pool) {
    this.pool = pool;
  }

  /** A SQLite file with the guarantees of {@code MasterContext.dataSource()}. */
  public static TestDatabase sqlite(Path directory) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:sqlite:" + directory.resolve("master" + names.incrementAndGet() + ".db"));
    config.setMaximumPoolSize(1);
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("synchronous", "FULL");
    config.addDataSourceProperty("busy_timeout", "10000");
    config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
    config.addDataSourceProperty("foreign_keys", "true");
    return new TestDatabase(new HikariDataSource(config));
  }

  /** A new database in the one PostgreSQL server that all tests of this JVM share. */
  public static TestDatabase postgres() {
    String name = "master" + names.incrementAndGet();
    try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(Server.RUNNING.getJdbcUrl("postgres", name));
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    return new TestDatabase(new HikariDataSource(config));
  }

  /** The connections. */
  public DataSource dataSource() {
    return pool;
  }

  /** Opens the plugin's side of it. */
  public Database open() {
    try {
      return Database.open(pool);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Started by the first test that needs it; ended with the JVM. */
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setDataDirectory(Files.createTempDirectory("webhooks-postgres"))
            .setServerConfig("max_connections", "200")
            // embedded servers are set to forget at a crash; a master's is not
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
