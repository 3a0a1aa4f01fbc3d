package org.expmaster.host.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.expmaster.host.config.ConfigException;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.config.Mask;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** The open database. Thread-safe. */
public final class Database implements AutoCloseable {
  private final HikariDataSource pool;
  private final PoolThreads threads;
  private final Jdbi jdbi;
  private final boolean sqlite;

  private Database(HikariDataSource pool, PoolThreads threads, boolean sqlite) {
    this.pool = pool;
    this.threads = threads;
    this.jdbi = Jdbi.create(pool);
    // by default exceptions, which may be logged, quote bound values such as a password's hash
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    this.sqlite = sqlite;
  }

  /**
   * Opens the database and creates missing tables.
   *
   * @throws ConfigException if the database cannot be reached
   */
  public static Database open(DbSettings settings) {
    settings.file().ifPresent(file -> new PrivateFile(file).prepare());
    HikariConfig config = settings.sqlite() ? sqlite() : postgresql(settings);
    config.setPoolName("db");
    config.setJdbcUrl(settings.url());
    config.setConnectionTimeout(Duration.ofSeconds(15).toMillis());
    PoolThreads threads = new PoolThreads();
    config.setThreadFactory(threads);
    Database database;
    try {
      database = new Database(new HikariDataSource(config), threads, settings.sqlite());
    } catch (HikariPool.PoolInitializationException e) {
      threads.close();
      throw new ConfigException(
          "cannot open the database " + Mask.url(settings.url()) + ": " + root(e).getMessage());
    }
    database.file().ifPresent(file -> new PrivateFile(file).prepare());
    new Schema(database).create();
    return database;
  }

  /** Returns SQLite's file, whatever form the URL has. */
  private Optional<Path> file() {
    return Optional.of("PRAGMA database_list")
        .filter(query -> sqlite)
        .map(
            query ->
                jdbi.withHandle(
                    handle ->
                        handle
                            .createQuery(query)
                            .map((row, context) -> String.valueOf(row.getString("file")))
                            .first()))
        .filter(name -> !name.isEmpty() && !name.equals("null"))
        .map(Path::of);
  }

  private static HikariConfig sqlite() {
    HikariConfig config = new HikariConfig();
    config.setMaximumPoolSize(1);
    config.setMaxLifetime(0);
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("synchronous", "FULL");
    config.addDataSourceProperty("busy_timeout", "10000");
    config.addDataSourceProperty("foreign_keys", "true");
    // otherwise a transaction that reads before it writes would fail, however long it waits
    config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
    return config;
  }

  private static HikariConfig postgresql(DbSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setMaximumPoolSize(settings.poolSize());
    settings.user().ifPresent(config::setUsername);
    settings.password().ifPresent(config::setPassword);
    config.addDataSourceProperty("ApplicationName", "expmaster");
    return config;
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  public DataSource dataSource() {
    return pool;
  }

  boolean isSqlite() {
    return sqlite;
  }

  @Override
  public void close() {
    pool.close();
    threads.close();
  }
}
