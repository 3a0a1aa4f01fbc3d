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

/** A new, real database, with connections such as a master provides. */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger names = new AtomicInteger();

  private final HikariDataSource pool;

  private final String name;

  private TestDatabase(HikariDataSource pool, String name) {
    this.pool = pool;
    this.name = name;
  }

  /** Creates a SQLite file with the guarantees of {@code MasterContext.dataSource()}. */
  public static TestDatabase sqlite(Path directory) {
    HikariConfig config = new HikariConfig();
    String name = "master" + names.incrementAndGet() + ".db";
    config.setJdbcUrl("jdbc:sqlite:" + directory.resolve(name));
    config.setMaximumPoolSize(1);
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("synchronous", "FULL");
    config.addDataSourceProperty("busy_timeout", "10000");
    config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
    config.addDataSourceProperty("foreign_keys", "true");
    return new TestDatabase(new HikariDataSource(config), name);
  }

  /** Creates a database in the one PostgreSQL server that all tests of this JVM share. */
  public static TestDatabase postgres() {
    return postgres(8, "");
  }

  /**
   * Creates a PostgreSQL database with these options and a pool of this size.
   *
   * @param options for {@code CREATE DATABASE}
   */
  public static TestDatabase postgres(int connections, String options) {
    String name = "master" + names.incrementAndGet();
    admin("CREATE DATABASE " + name + " " + options);
    return postgres(name, connections);
  }

  private static TestDatabase postgres(String name, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(Server.RUNNING.getJdbcUrl("postgres", name));
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    return new TestDatabase(new HikariDataSource(config), name);
  }

  /** Opens another master's connection pool to the same PostgreSQL database. */
  public TestDatabase again(int connections) {
    return postgres(name, connections);
  }

  /** Sets a parameter for all later connections to this PostgreSQL database. */
  public void set(String setting) {
    admin("ALTER DATABASE " + name + " SET " + setting);
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  private static void admin(String sql) {
    try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  public DataSource dataSource() {
    return pool;
  }

  /** Opens the database as the plugin does. */
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

  /** The server; started by the first test that needs it, stopped with the JVM. */
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setDataDirectory(Files.createTempDirectory("webhooks-postgres"))
            .setServerConfig("max_connections", "200")
            // the default of an embedded server is to lose data in a crash; a master's server keeps
            // it
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
