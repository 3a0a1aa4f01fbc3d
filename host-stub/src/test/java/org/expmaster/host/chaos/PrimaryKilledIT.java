package org.expmaster.host.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.expmaster.host.testing.ReplicatedPostgres;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Kills PostgreSQL's primary under its masters; the standby takes its place. */
final class PrimaryKilledIT {
  private static final int MASTERS = 2;
  private static final int MAX_IN_FLIGHT = 32;
  private static final Duration SOON = Duration.ofSeconds(120);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void noAcknowledgedEndIsLostAndDeliveryGoesOnByItself() throws Exception {
    String name = "kill -9 of PostgreSQL's primary";
    Random dice = Chaos.dice(name);
    try (ReplicatedPostgres servers = ReplicatedPostgres.start();
        Receipts receipts = Receipts.start()) {
      ChaosDatabase database = new ChaosDatabase.Postgresql(servers.url());
      receipts.answerWithin(Duration.ofMillis(50), dice);
      try (Fleet fleet = Fleet.start(MASTERS, directory, database, Map.of());
          Load load = new Load(fleet::anyone, new Random(dice.nextLong()))) {
        receipts.subscribe(fleet);
        Checkup checkup = Checkup.of(fleet, database, receipts);
        Promise promise = new Promise(receipts, load);

        List<Outage> outages = new ArrayList<>();
        for (int kill = Chaos.scale(1, 4); kill > 0; kill--) {
          load.more(60);
          receipts.awaitMore(1 + dice.nextInt(20), SOON);
          Instant from = Instant.now();
          servers.killPrimary();
          Chaos.moment(dice, Duration.ofSeconds(1));
          servers.promoteStandby();
          promise.holdsIn(database);
          Wait.until("both work again", SOON, () -> Checkup.areWell(fleet));
          outages.add(new Outage(from, Instant.now()));
          Chaos.say(name, "all well again after " + Duration.between(from, Instant.now()));
          servers.addStandby();
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
