package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.expmaster.host.testing.PostgresServer;
import org.expmaster.host.testing.Scrape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Three masters on a PostgreSQL whose transactions are serializable by default. */
final class SerializableMastersIT {
  private static final Duration SOON = Duration.ofMinutes(5);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void noEndIsLostWhereTransactionsAreSerializable() throws Exception {
    String name = "three masters, serializable";
    Random dice = Chaos.dice(name);
    ChaosDatabase database =
        new ChaosDatabase.Postgresql(
            PostgresServer.shared().newDatabase()
                + "&options=-c%20default_transaction_isolation=serializable");
    try (Receipts receipts = Receipts.start();
        Fleet fleet = Fleet.start(3, directory, database, Map.of());
        Load load = new Load(fleet::anyone, new Random(dice.nextLong()))) {
      receipts.subscribe(fleet);
      load.more(Chaos.scale(300, 2_000));
      load.awaitMade(SOON);
      Promise promise = new Promise(receipts, load);
      promise.isKeptIn(database, SOON);
      promise.tally(name);
      double repeats = 0;
      for (int i = 0; i < fleet.size(); i++) {
        repeats += metered(fleet, i, "master_listener_repeats_total");
        assertEquals(
            0, metered(fleet, i, "master_listener_failures_total"), "failures at master " + i);
      }
      Chaos.say(name, "%.0f transactions repeated for a listener".formatted(repeats));
    }
  }

  private static double metered(Fleet fleet, int master, String meter) {
    return Scrape.of(fleet.admin(master)).sum(meter, "");
  }
}
