package org.expmaster.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.match.Complaints;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.outbox.NewDelivery;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.payload.Payload;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.publish.EventPublisher;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures the plugin's cost in the transaction of a state change: the total, and the insert alone.
 * The difference is matching and rendering. Ten webhooks match, or all if there are fewer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StateChangeBenchmark {
  private static final int MATCHING = 10;

  /** Number of webhooks. */
  @Param({"0", "10", "1000"})
  public int webhooks;

  private TestDatabase testDatabase;
  private Connection transaction;
  private EventPublisher publisher;
  private TriggerMatcher matcher;
  private Payloads payloads;
  private Outbox outbox;
  private StateChanged event;
  private List<NewDelivery> deliveries;

  /** Creates the webhooks. */
  @Setup
  public void open() throws IOException, SQLException {
    testDatabase = TestDatabase.sqlite(Files.createTempDirectory("webhooks-jmh"));
    Database database = testDatabase.open();
    WebhookRegistry registry = new WebhookRegistry(database, Clock.systemUTC());
    for (int i = 0; i < webhooks; i++) {
      registry.create(draft(i < MATCHING), 1);
    }
    outbox = new Outbox(database, Clock.systemUTC());
    payloads = new Payloads(1, Optional.empty());
    matcher = new TriggerMatcher(registry::snapshot, new Complaints());
    publisher = new EventPublisher(matcher, payloads, outbox);
    event =
        new StateChanged(
            UUID.randomUUID(), Instant.now(), Fixtures.experiment(1, ExperimentState.COMPLETED));
    deliveries = new ArrayList<>();
    // all have the same payload form, which the publisher renders once
    Payload payload = payloads.render(PayloadForm.DEFAULT, event);
    for (Webhook webhook : matcher.match(event)) {
      deliveries.add(
          new NewDelivery(
              webhook.id(),
              event.id().toString(),
              event.type(),
              1,
              payload.contentType(),
              payload.body()));
    }
    transaction = testDatabase.dataSource().getConnection();
    transaction.setAutoCommit(false);
  }

  /** Half of the webhooks that do not match are for another state, half for another workspace. */
  private WebhookDraft draft(boolean matches) {
    boolean otherState = !matches && Math.random() < 0.5;
    return new WebhookDraft(
        "",
        Endpoint.at("http://receiver.example/"),
        PayloadForm.DEFAULT,
        WebhookMode.WORKSPACE,
        matches || otherState ? OptionalLong.empty() : OptionalLong.of(99),
        List.of(
            new Trigger.StateChange(
                otherState ? ExperimentState.ERROR : ExperimentState.COMPLETED)));
  }

  /** Keeps the table small. */
  @TearDown(Level.Iteration)
  public void rollBack() throws SQLException {
    transaction.rollback();
  }

  /** Closes the database. */
  @TearDown
  public void close() throws SQLException {
    transaction.close();
    testDatabase.close();
  }

  /** The total cost of a state change, except for the commit. */
  @Benchmark
  public List<Long> publish() throws SQLException {
    return publisher.publish(event, transaction);
  }

  /** The insert alone. */
  @Benchmark
  public void insert() throws SQLException {
    outbox.add(transaction, deliveries);
  }

  /** Matching and rendering alone. */
  @Benchmark
  public byte[] matchAndRender() {
    List<Webhook> matched = matcher.match(event);
    return matched.isEmpty() ? new byte[0] : payloads.render(matched.get(0).form(), event).body();
  }
}
