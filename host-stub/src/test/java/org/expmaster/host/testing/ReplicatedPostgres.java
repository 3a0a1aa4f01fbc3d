package org.expmaster.host.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL that commits only what its synchronous standby has on disk, too: servers from the
 * operating system's package, with streaming replication.
 */
public final class ReplicatedPostgres implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Path PACKAGED = Path.of("/usr/lib/postgresql");

  /** PostgreSQL refuses to run as root; Debian's {@code nobody} has no rights. */
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private final Path programs;
  private final Path directory;
  private final List<Process> started = new ArrayList<>();
  private Server primary;
  private Server standby;

  /** One of the two servers, each with its port. */
  private record Server(Path data, int port, Process process) {
    private Server running(Process now) {
      return new Server(data, port, now);
    }
  }

  private ReplicatedPostgres(Path programs) throws IOException {
    this.programs = programs;
    this.directory = Files.createTempDirectory("replicated-postgres");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    this.primary = new Server(directory.resolve("one"), PostgresServer.freePort(), null);
    this.standby = new Server(directory.resolve("two"), PostgresServer.freePort(), null);
  }

  /** Starts both with an empty database, or skips the test if PostgreSQL is not installed. */
  public static ReplicatedPostgres start() throws Exception {
    ReplicatedPostgres servers = new ReplicatedPostgres(programs().orElseGet(() -> none()));
    try {
      servers.begin();
      return servers;
    } catch (Throwable e) {
      servers.close();
      throw e;
    }
  }

  private static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(PACKAGED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PACKAGED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(bin -> Integer.parseInt(bin.getName(3).toString())));
    }
  }

  private static Path none() {
    String missing = "there is no PostgreSQL server in " + PACKAGED;
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(missing);
    }
    return abort(missing);
  }

  private void begin() throws Exception {
    run("initdb", "-D", primary.data + "", "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N");
    primary = launch(primary);
    execute(primary, "CREATE DATABASE chaos");
    addStandby();
  }

  /** Makes the free server the synchronous standby of the other. */
  public void addStandby() throws Exception {
    run(
        "pg_basebackup",
        "-h",
        "127.0.0.1",
        "-p",
        primary.port + "",
        "-U",
        "postgres",
        "-D",
        standby.data + "",
        "-R",
        "-X",
        "stream",
        "-c",
        "fast",
        "--no-sync");
    standby = launch(standby);
    execute(primary, "ALTER SYSTEM SET synchronous_standby_names = '*'");
    execute(primary, "SELECT pg_reload_conf()");
    Wait.until("a synchronous standby", SOON, () -> hasSynchronousStandby());
  }

  private boolean hasSynchronousStandby() {
    try (Connection connection = connect(primary);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'")) {
      return row.next() && row.getString(1).equals("sync");
    } catch (SQLException e) {
      return false;
    }
  }

  /** Returns the URL of the database, whichever server is the primary. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/chaos?user=postgres&targetServerType=primary"
        .formatted(primary.port, standby.port);
  }

  /** Sends SIGKILL and waits until the server is gone with its children, which end when it does. */
  public void killPrimary() {
    List<ProcessHandle> all =
        Stream.concat(
                Stream.of(primary.process.toHandle()), primary.process.toHandle().descendants())
            .toList();
    primary.process.destroyForcibly();
    Wait.until("the end of it", SOON, () -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Promotes the standby, as an operator would who has no second server at first. */
  public void promoteStandby() throws Exception {
    execute(standby, "SELECT pg_promote()");
    execute(standby, "ALTER SYSTEM RESET synchronous_standby_names");
    execute(standby, "SELECT pg_reload_conf()");
    Server dead = primary;
    primary = standby;
    standby = dead;
    delete(standby.data);
  }

  private Server launch(Server server) throws Exception {
    List<String> settings =
        List.of(
            "port=" + server.port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "synchronous_commit=on",
            "shared_buffers=32MB",
            "timezone=UTC");
    List<String> arguments = new ArrayList<>(List.of("-D", server.data.toString()));
    settings.forEach(setting -> arguments.addAll(List.of("-c", setting)));
    Process process = process("postgres", arguments);
    started.add(process);
    Server running = server.running(process);
    Wait.until(() -> "PostgreSQL answers: " + log(), SOON, () -> answers(running));
    return running;
  }

  private static boolean answers(Server server) {
    try (Connection connection = connect(server)) {
      return connection.isValid(5);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static Connection connect(Server server) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.port + "/postgres?user=postgres");
  }

  private static void execute(Server server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void run(String program, String... arguments) throws Exception {
    int exitCode = process(program, List.of(arguments)).waitFor();
    if (exitCode != 0) {
      throw new AssertionError(program + " ended with " + exitCode + ": " + log());
    }
  }

  private Process process(String program, List<String> arguments) throws IOException {
    boolean root = ProcessHandle.current().info().user().filter("root"::equals).isPresent();
    List<String> command = new ArrayList<>(root ? AS_NOBODY : List.of());
    command.add(programs.resolve(program).toString());
    command.addAll(arguments);
    File log = directory.resolve("log").toFile();
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() throws Exception {
    for (Process process : started) {
      process.destroyForcibly();
      process.waitFor();
    }
    delete(directory);
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
