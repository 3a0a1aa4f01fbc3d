package org.expmaster.webhook.bench;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.expmaster.webhook.db.Dialect;
import org.expmaster.webhook.delivery.OutgoingRequest;
import org.expmaster.webhook.delivery.Sender;

/**
 * The original's design with our client: three workers, each deletes ten rows and holds the
 * transaction open until all ten have been answered. It signs as we do, and keeps nothing.
 */
final class Baseline implements AutoCloseable {
  private static final int WORKERS = 3;

  private final BenchMaster master;
  private final Map<Long, URI> urls = new HashMap<>();
  private final Sender sender = BenchMaster.sender(BenchMaster.IN_ALL);
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean stopped;

  Baseline(BenchMaster master, List<URI> urls) {
    this.master = master;
    for (int i = 0; i < urls.size(); i++) {
      this.urls.put(master.webhook(i), urls.get(i));
    }
    for (int i = 0; i < WORKERS; i++) {
      Thread worker = new Thread(this::work, "baseline-" + i);
      worker.setDaemon(true);
      worker.start();
      workers.add(worker);
    }
  }

  private void work() {
    String lock =
        master.database().dialect() == Dialect.POSTGRESQL ? " FOR UPDATE SKIP LOCKED" : "";
    String sql =
        "DELETE FROM webhooks_outbox WHERE id IN (SELECT id FROM webhooks_outbox ORDER BY id LIMIT"
            + " 10"
            + lock
            + ") RETURNING webhook_id, body";
    while (!stopped) {
      try (Connection connection = master.testDatabase().dataSource().getConnection()) {
        connection.setAutoCommit(false);
        batch(connection, sql);
        connection.commit();
      } catch (SQLException | InterruptedException failed) {
        if (!stopped) {
          throw new IllegalStateException(failed);
        }
      }
    }
  }

  private void batch(Connection connection, String sql) throws SQLException, InterruptedException {
    List<OutgoingRequest> requests = new ArrayList<>();
    try (PreparedStatement delete = connection.prepareStatement(sql);
        ResultSet row = delete.executeQuery()) {
      while (row.next()) {
        requests.add(
            new OutgoingRequest(
                urls.get(row.getLong(1)), "application/json", Map.of(), row.getBytes(2)));
      }
    }
    CountDownLatch all = new CountDownLatch(requests.size());
    requests.forEach(request -> sender.send(request, outcome -> all.countDown()));
    all.await();
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    sender.close();
    for (Thread worker : workers) {
      worker.interrupt();
      worker.join();
    }
  }
}
