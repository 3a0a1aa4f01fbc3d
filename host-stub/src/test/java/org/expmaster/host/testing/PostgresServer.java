package org.expmaster.host.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real PostgreSQL server that can be killed and restarted with its data, on the same port. */
public final class PostgresServer implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Path data;
  private final boolean thrownAway;
  private final int port = freePort();
  private EmbeddedPostgres server;

  private PostgresServer(Path data, boolean thrownAway) throws IOException {
    this.data = data;
    this.thrownAway = thrownAway;
    start();
  }

  /** Starts a server with its data in this directory, where they stay. */
  public static PostgresServer start(Path data) throws IOException {
    return new PostgresServer(data, false);
  }

  /** Returns a server that all tests of this JVM share and none may kill. It ends with the JVM. */
  public static PostgresServer shared() {
    return Shared.RUNNING;
  }

  private static final class Shared {
    static final PostgresServer RUNNING = start();

    private static PostgresServer start() {
      try {
        return new PostgresServer(Files.createTempDirectory("chaos-postgres"), true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void start() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(thrownAway)
            .setPort(port)
            .setPGStartupWait(SOON)
            // what was acknowledged must survive a kill
            .setServerConfig("synchronous_commit", "on")
            .start();
  }

  /** Creates an empty database and returns its URL. */
  public String newDatabase() throws SQLException {
    return newDatabase("");
  }

  /**
   * Creates an empty database with options, and returns its URL.
   *
   * @param options for {@code CREATE DATABASE}
   */
  public String newDatabase(String options) throws SQLException {
    String name = "chaos" + NUMBER.incrementAndGet();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " " + options);
    }
    return server.getJdbcUrl("postgres", name);
  }

  /** Sends SIGKILL and waits until the server is gone with its children, which end when it does. */
  public void kill() throws IOException {
    ProcessHandle postmaster = postmaster();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    postmaster.destroyForcibly();
    Wait.until("the end of PostgreSQL", SOON, () -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  private ProcessHandle postmaster() throws IOException {
    String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** Starts the server again after {@link #kill}. */
  public void restart() throws IOException {
    server.close();
    start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns a port that no outgoing connection is given. While the server is down, a client that
   * tries to connect to its port could otherwise be given that very port as its own.
   */
  static int freePort() throws IOException {
    Random random = new Random();
    for (int i = 0; i < 100; i++) {
      int port = random.nextInt(15_000, 32_000);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // try another one
      }
    }
    throw new IOException("no port is free");
  }
}
