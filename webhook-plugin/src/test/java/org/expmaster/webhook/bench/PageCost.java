package org.expmaster.webhook.bench;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.expmaster.webhook.outbox.DeliveryHistory;
import org.expmaster.webhook.outbox.DeliveryHistory.Filter;
import org.expmaster.webhook.outbox.NewDelivery;
import org.expmaster.webhook.testing.TestDatabase;

/** Measures how much viewing a webhook's very many deliveries slows events down. */
final class PageCost {
  private static final int DELIVERIES = 300_000;
  private static final int PAGES = 2;
  private static final int SHOWN = 51;

  /** Fifteen times as often as the page does. */
  private static final long REFRESH_MILLIS = 200;

  private PageCost() {}

  /** Returns an event transaction's 90th percentile beside two open pages, relative to alone. */
  static double ratio(TestDatabase database, int transactions) throws Exception {
    List<URI> nowhere = List.of(URI.create("http://nowhere.invalid/"));
    try (BenchMaster master = new BenchMaster(database, nowhere)) {
      master.fill(0, DELIVERIES, 100);
      p90(master, transactions); // warm-up
      double alone = p90(master, transactions);
      Thread[] pages = new Thread[PAGES];
      for (int i = 0; i < PAGES; i++) {
        pages[i] = new Thread(() -> look(master), "page-" + i);
        pages[i].start();
      }
      double beside = p90(master, transactions);
      for (Thread page : pages) {
        page.interrupt();
        page.join();
      }
      return beside / alone;
    }
  }

  private static void look(BenchMaster master) {
    DeliveryHistory history = new DeliveryHistory(master.database(), Clock.systemUTC());
    Filter page =
        new Filter(master.webhook(0), Optional.empty(), Optional.empty(), Optional.empty(), SHOWN);
    while (!Thread.currentThread().isInterrupted()) {
      if (history.list(page).size() != SHOWN) {
        throw new IllegalStateException("a page is not full");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(REFRESH_MILLIS));
    }
  }

  private static double p90(BenchMaster master, int transactions) throws SQLException {
    double[] millis = new double[transactions];
    byte[] body = BenchMaster.body(500);
    for (int i = 0; i < transactions; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      long start = System.nanoTime();
      try (Connection connection = master.testDatabase().dataSource().getConnection()) {
        connection.setAutoCommit(false);
        master
            .outbox()
            .add(
                connection,
                List.of(
                    new NewDelivery(
                        master.webhook(0),
                        UUID.randomUUID().toString(),
                        "experiment_completed",
                        i,
                        "application/json",
                        body)));
        connection.commit();
      }
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis[(int) (transactions * 0.9)];
  }
}
