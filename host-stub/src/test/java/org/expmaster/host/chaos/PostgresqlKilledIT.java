package org.expmaster.host.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.expmaster.host.testing.PostgresServer;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Kills the database server under its masters, and restarts it. */
final class PostgresqlKilledIT {
  private static final int MASTERS = 2;
  private static final int MAX_IN_FLIGHT = 32;
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void itsDeathLosesNothing() throws Exception {
    String name = "kill -9 of PostgreSQL";
    Random dice = Chaos.dice(name);
    try (PostgresServer server = PostgresServer.start(directory.resolve("data"));
        Receipts receipts = Receipts.start()) {
      ChaosDatabase database = ChaosDatabase.of(server);
      receipts.answerWithin(Duration.ofMillis(50), dice);
      try (Fleet fleet = Fleet.start(MASTERS, directory, database, Map.of());
          Load load = new Load(fleet::anyone, new Random(dice.nextLong()))) {
        receipts.subscribe(fleet);
        Checkup checkup = Checkup.of(fleet, database, receipts);
        Promise promise = new Promise(receipts, load);

        List<Outage> outages = new ArrayList<>();
        for (int kill = Chaos.scale(2, 6); kill > 0; kill--) {
          load.more(60);
          Chaos.moment(dice, Duration.ofMillis(1500));
          Instant from = Instant.now();
          server.kill();
          Chaos.moment(dice, Duration.ofSeconds(1));
          server.restart();
          promise.holdsIn(database);
          Wait.until("both work again", SOON, () -> Checkup.areWell(fleet));
          outages.add(new Outage(from, Instant.now()));
        }
        load.awaitMade(SOON);
        fleet.restartForWhatWasMadeWithoutAnAnswer();
        promise.isKeptIn(database, SOON);
        promise.tally(name).areOwedTo(outages, MASTERS * MAX_IN_FLIGHT);

        receipts.close();
        checkup.holdsAgain();
      }
    }
  }
}
