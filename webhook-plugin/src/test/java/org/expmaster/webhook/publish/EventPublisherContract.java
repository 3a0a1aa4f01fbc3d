package org.expmaster.webhook.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.match.Complaints;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.outbox.Capacity;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.HeldBodies;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Trigger;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.registry.WebhookType;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rows that an event adds to the outbox, tested on every database. */
abstract class EventPublisherContract {
  private final TurnableClock clock = new TurnableClock();
  private TestDatabase testDatabase;
  private Database database;
  private WebhookRegistry registry;
  private Outbox outbox;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    testDatabase = fresh();
    database = testDatabase.open();
    registry = new WebhookRegistry(database, clock);
    outbox = new Outbox(database, clock);
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  @Test
  void everyWebhookIsToldInItsOwnFormAndOneWhoseFormIsBrokenKeepsTheEventFromNoOther()
      throws Exception {
    // possible only after a change of the template check, or by a manual edit of the database
    registry.create(draft(new PayloadForm(WebhookType.SLACK, 0, "{{#never closed}}")), 1);
    long documented = registry.create(draft(PayloadForm.DEFAULT), 1).id();
    long cloud = registry.create(draft(new PayloadForm(WebhookType.CLOUDEVENTS, 0, "")), 1).id();

    List<Long> told = publish();

    assertEquals(List.of(documented, cloud), told);
    List<ClaimedDelivery> claimed =
        database.inTransaction(
            connection ->
                outbox
                    .claim(
                        connection,
                        List.of(new Capacity(documented, 1), new Capacity(cloud, 1)),
                        Duration.ofMinutes(1),
                        HeldBodies.inThisHeap())
                    .deliveries());
    assertEquals("application/json; charset=UTF-8", claimed.get(0).contentType());
    assertEquals("application/cloudevents+json", claimed.get(1).contentType());
    assertTrue(new String(claimed.get(1).body(), UTF_8).startsWith("{\"specversion\""));
  }

  @Test
  void theBodyOfAnEventIsStoredOnceForAThousandWebhooks() throws Exception {
    Fixtures.fill(database, 1_000);
    registry = new WebhookRegistry(database, clock);
    assertEquals(1_000, publish().size());
    assertEquals(1, number("SELECT count(*) FROM webhooks_event"));
    assertEquals(1_000, number("SELECT uses FROM webhooks_event"));
    assertEquals(1_000, number("SELECT count(*) FROM webhooks_outbox"));
  }

  private List<Long> publish() throws SQLException {
    EventPublisher publisher =
        new EventPublisher(
            new TriggerMatcher(registry::snapshot, new Complaints()),
            new Payloads(1, Optional.empty()),
            outbox);
    StateChanged event =
        new StateChanged(
            UUID.randomUUID(), clock.instant(), Fixtures.experiment(1, ExperimentState.COMPLETED));
    return database.inTransaction(connection -> publisher.publish(event, connection));
  }

  private int number(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  private static WebhookDraft draft(PayloadForm form) {
    return new WebhookDraft(
        "",
        Endpoint.at("http://receiver.example/"),
        form,
        WebhookMode.WORKSPACE,
        OptionalLong.empty(),
        List.of(new Trigger.StateChange(ExperimentState.COMPLETED)));
  }
}
