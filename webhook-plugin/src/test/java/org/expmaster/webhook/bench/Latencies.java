package org.expmaster.webhook.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.expmaster.webhook.outbox.NewDelivery;
import org.expmaster.webhook.testing.TestDatabase;

/** Measures the time from a commit to the receipt of its event, at a steady rate of commits. */
final class Latencies {
  private static final int WARM_UP_RATE = 1_000;
  private static final int WARM_UP_SECONDS = 8;

  private final AtomicLongArray committed;
  private final AtomicLongArray received;

  /**
   * @param p50 median, in milliseconds
   * @param p99 99th percentile, in milliseconds
   */
  record Percentiles(double p50, double p99) {}

  private Latencies(int events) {
    committed = new AtomicLongArray(events);
    received = new AtomicLongArray(events);
  }

  /**
   * @param rate commits per second, after a warm-up of the JVM that is not counted
   */
  static Percentiles measure(TestDatabase database, int rate, int counted) throws Exception {
    int warmUp = WARM_UP_RATE * WARM_UP_SECONDS;
    Latencies latencies = new Latencies(warmUp + counted);
    try (NioReceiver receiver = new NioReceiver(1, 0, 0, latencies::received);
        BenchMaster master = new BenchMaster(database, List.of(receiver.url(0)))) {
      prepareStates(database);
      master.start();
      latencies.commit(master, 0, warmUp, WARM_UP_RATE);
      latencies.commit(master, warmUp, warmUp + counted, rate);
      long patience = System.nanoTime() + 10_000_000_000L;
      while (receiver.answered() < warmUp + counted && System.nanoTime() < patience) {
        LockSupport.parkNanos(1_000_000);
      }
    }
    return latencies.percentiles(warmUp);
  }

  private void received(long number) {
    received.compareAndSet((int) number, 0, System.nanoTime());
  }

  private void commit(BenchMaster master, int from, int to, int rate) throws SQLException {
    long start = System.nanoTime();
    long webhook = master.webhook(0);
    for (int i = from; i < to; i++) {
      long due = start + (i - from) * (1_000_000_000L / rate);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      try (Connection connection = master.testDatabase().dataSource().getConnection()) {
        connection.setAutoCommit(false);
        changeState(connection, i);
        byte[] body = BenchMaster.body(500);
        byte[] number = (i + " ").getBytes(US_ASCII);
        System.arraycopy(number, 0, body, 0, number.length);
        master
            .outbox()
            .add(
                connection,
                List.of(
                    new NewDelivery(
                        webhook, "e" + i, "experiment_completed", i, "application/json", body)));
        connection.commit();
        committed.set(i, System.nanoTime());
      }
      master.announce(webhook);
    }
  }

  /** Writes what a master writes in addition to the outbox row. */
  private static void changeState(Connection connection, int i) throws SQLException {
    try (PreparedStatement state =
        connection.prepareStatement(
            "INSERT INTO bench_state (id, state) VALUES (?, 'COMPLETED')")) {
      state.setInt(1, i);
      state.executeUpdate();
    }
  }

  private static void prepareStates(TestDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement create =
            connection.prepareStatement(
                "CREATE TABLE bench_state (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")) {
      create.execute();
    }
  }

  private Percentiles percentiles(int from) {
    double[] millis = new double[committed.length() - from];
    for (int i = from; i < committed.length(); i++) {
      // an event that never arrived counts as infinitely late
      millis[i - from] =
          received.get(i) == 0
              ? Double.POSITIVE_INFINITY
              : Math.max(0, received.get(i) - committed.get(i)) / 1e6;
    }
    Arrays.sort(millis);
    return new Percentiles(
        millis[millis.length / 2], millis[(int) Math.ceil(millis.length * 0.99) - 1]);
  }
}
