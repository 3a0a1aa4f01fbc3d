package org.expmaster.webhook.bench;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.expmaster.webhook.outbox.Capacity;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.HeldBodies;
import org.expmaster.webhook.testing.TestDatabase;

/** Measures the cost of a claim from a large backlog. */
final class ClaimCost {
  private static final int WEBHOOKS = 10;
  private static final int ROUNDS = 300;

  private ClaimCost() {}

  /** Returns the median milliseconds of a claim of 320 deliveries, 32 for each of ten webhooks. */
  static double millis(TestDatabase database, int backlog) throws SQLException {
    List<URI> nowhere = new ArrayList<>();
    for (int i = 0; i < WEBHOOKS; i++) {
      nowhere.add(URI.create("http://nowhere.invalid/" + i));
    }
    try (BenchMaster master = new BenchMaster(database, nowhere)) {
      List<Capacity> rooms = new ArrayList<>();
      for (int i = 0; i < WEBHOOKS; i++) {
        master.fill(i, backlog / WEBHOOKS, 100);
        rooms.add(new Capacity(master.webhook(i), 32));
      }
      settle(master);
      double[] millis = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        List<ClaimedDelivery> claimed =
            master
                .database()
                .inTransaction(
                    // a lease of zero length keeps the backlog at its size
                    connection ->
                        master
                            .outbox()
                            .claim(connection, rooms, Duration.ZERO, HeldBodies.inThisHeap())
                            .deliveries());
        millis[round] = (System.nanoTime() - start) / 1e6;
        if (claimed.isEmpty()) {
          throw new IllegalStateException("nothing was claimed");
        }
      }
      double[] warm = Arrays.copyOfRange(millis, ROUNDS / 3, ROUNDS);
      Arrays.sort(warm);
      return warm[warm.length / 2];
    }
  }

  /** Updates the statistics and checkpoints, as in a database in use. */
  private static void settle(BenchMaster master) throws SQLException {
    try (Connection connection = master.testDatabase().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      if (master.database().dialect().isShared()) {
        statement.execute("VACUUM ANALYZE webhooks_outbox, webhooks_event");
        statement.execute("CHECKPOINT");
      } else {
        statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      }
    }
  }
}
