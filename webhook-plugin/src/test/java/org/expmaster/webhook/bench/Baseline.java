package org.expmaster.webhook.bench;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.expmaster.webhook.http.OutgoingRequest;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.signing.WebhookSecrets;

/**
 * The original's design with this plugin's HTTP client: a queue of URLs and payloads, and three
 * workers, each of which deletes ten rows and holds the transaction open until all ten are
 * answered. Signs as the plugin does, and keeps no record.
 */
final class Baseline implements AutoCloseable {
  private static final int WORKERS = 3;

  private final BenchMaster master;
  private final Sender sender = BenchMaster.sender(BenchMaster.IN_ALL);
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean stopped;

  /** Starts delivering what the master's outbox holds. */
  Baseline(BenchMaster master) throws SQLException {
    this.master = master;
    queue(master);
    for (int i = 0; i < WORKERS; i++) {
      Thread worker = new Thread(this::work, "baseline-" + i);
      worker.setDaemon(true);
      worker.start();
      workers.add(worker);
    }
  }

  private static void queue(BenchMaster master) throws SQLException {
    try (Connection connection = master.testDatabase().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE baseline_queue AS
          SELECT event.id, url, event_id, body AS payload
          FROM webhooks_outbox AS outbox
          JOIN webhooks_event AS event ON event.id = outbox.id
          JOIN webhooks_webhook ON webhooks_webhook.id = webhook_id
          """);
      statement.execute("CREATE UNIQUE INDEX baseline_queue_id ON baseline_queue (id)");
    }
  }

  private void work() {
    String lock = master.database().dialect().isShared() ? " FOR UPDATE SKIP LOCKED" : "";
    String sql =
        "DELETE FROM baseline_queue WHERE id IN (SELECT id FROM baseline_queue ORDER BY id LIMIT"
            + " 10"
            + lock
            + ") RETURNING url, event_id, payload";
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
        byte[] payload = row.getBytes(3);
        requests.add(
            new OutgoingRequest(
                URI.create(row.getString(1)),
                "application/json",
                BenchMaster.SIGNER.headers(row.getString(2), payload, WebhookSecrets.NONE),
                payload));
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
