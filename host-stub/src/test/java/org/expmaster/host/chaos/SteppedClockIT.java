package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masters on a PostgreSQL whose clock is set while deliveries are in flight. */
@Execution(ExecutionMode.CONCURRENT)
final class SteppedClockIT {
  private static final int EVENTS = 10;
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** Interrupted work resumes within a minute; the rest is for a busy machine. */
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"1 hour", "-1 hour"})
  void aStepOfTheDatabasesClockDoublesNothingAndStallsNothing(String step) throws Exception {
    String name = "the database's clock is set by " + step;
    Random dice = Chaos.dice(name);
    ChaosDatabase database = ChaosDatabase.Kind.POSTGRESQL.create(directory);
    execute(
        database,
        "CREATE TABLE turned (ahead INTERVAL NOT NULL); INSERT INTO turned VALUES ('0')",
        """
        CREATE FUNCTION clock_timestamp() RETURNS TIMESTAMPTZ LANGUAGE SQL VOLATILE AS
          'SELECT pg_catalog.clock_timestamp() + ahead FROM public.turned'
        """,
        """
        DO 'BEGIN EXECUTE format(''ALTER DATABASE %I SET search_path = public, pg_catalog'',
          current_database()); END'
        """);
    Map<String, Object> webhooks = Map.of("lease", "10s", "request_timeout", "5s");
    try (Receipts receipts = Receipts.start();
        Fleet fleet = Fleet.start(2, directory, database, webhooks)) {
      receipts.subscribe(fleet);
      // the second master starts after the clock has been set
      Member late = fleet.member(1);
      assertEquals(0, late.terminate());
      receipts.answerAfter(ANSWER);
      try (Load load = new Load(fleet::anyone, new Random(dice.nextLong()))) {
        Promise promise = new Promise(receipts, load);
        load.more(EVENTS);
        load.awaitMade(SOON);
        receipts.await(EVENTS, SOON);
        execute(database, "UPDATE turned SET ahead = '" + step + "'");
        late.launch();
        late.awaitUp();
        load.more(EVENTS);
        load.awaitMade(SOON);
        execute(database, "UPDATE turned SET ahead = '0'");
        load.more(EVENTS);
        load.awaitMade(SOON);
        promise.isKeptIn(database, SOON);
        assertEquals(0, promise.tally(name).count(), "duplicates");
        receipts.answerAfter(ANSWER.multipliedBy(2));
        load.more(EVENTS);
        load.awaitMade(SOON);
        // nobody resumes the experiments that run on a killed master
        Wait.until("all have ended", SOON, () -> database.look().ended().size() == 4 * EVENTS);
        fleet.kill(late);
        promise.isKeptIn(database, SOON);
      }
    }
  }

  private static void execute(ChaosDatabase database, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.url());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
