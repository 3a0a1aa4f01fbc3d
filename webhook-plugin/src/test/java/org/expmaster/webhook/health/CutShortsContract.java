package org.expmaster.webhook.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Trigger.TaskLog;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.Faults;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts of expressions that were cut short, on every database. */
abstract class CutShortsContract {
  private final TurnableClock clock = new TurnableClock();
  private TestDatabase testDatabase;
  private Database database;
  private CutShorts cutShorts;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    testDatabase = fresh();
    database = testDatabase.open();
    cutShorts = new CutShorts(database, clock);
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  @Test
  void allMastersCountTogetherAndTheLastTimeIsTheNewest() {
    Instant first = clock.instant();
    CutShorts other = new CutShorts(database, clock);
    other.count(1, 10);
    clock.turn(Duration.ofSeconds(5));
    cutShorts.count(1, 10);
    cutShorts.count(1, 10);
    cutShorts.count(2, 20);
    cutShorts.write();
    other.write();
    Map<Long, CutShort> found = cutShorts.ofWebhooks(1, 2);
    assertEquals(new CutShort(3, first.plusSeconds(5)), found.get(10L));
    assertEquals(new CutShort(1, first.plusSeconds(5)), found.get(20L));
    assertEquals(found.keySet(), other.ofWebhooks(0, Long.MAX_VALUE).keySet());
    assertEquals(Map.of(), cutShorts.ofWebhooks(3, 9));
  }

  @Test
  void whatCannotBeWrittenIsKeptForTheNextTime() {
    cutShorts.count(1, 10);
    database.jdbi().useHandle(h -> h.execute("ALTER TABLE webhooks_cut_short RENAME TO away"));
    assertThrows(RuntimeException.class, cutShorts::write);
    cutShorts.count(1, 10);
    database.jdbi().useHandle(h -> h.execute("ALTER TABLE away RENAME TO webhooks_cut_short"));
    cutShorts.write();
    assertEquals(2, cutShorts.ofWebhooks(1, 1).get(10L).times());
  }

  @Test
  void triggersThatAreGoneAreForgotten() {
    Webhook webhook =
        new WebhookRegistry(database, clock)
            .create(
                new WebhookDraft(
                    "",
                    Endpoint.at("http://receiver.example"),
                    PayloadForm.DEFAULT,
                    WebhookMode.WORKSPACE,
                    OptionalLong.empty(),
                    List.of(new TaskLog("error"))),
                1);
    long present = webhook.triggers().get(0).id();
    cutShorts.count(webhook.id(), present);
    cutShorts.count(webhook.id(), present + 1);
    cutShorts.write();
    cutShorts.purge();
    assertEquals(List.of(present), List.copyOf(cutShorts.ofWebhooks(0, Long.MAX_VALUE).keySet()));
  }

  @Test
  void anErrorAtAnyUseOfTheDatabaseLosesNoCount() throws SQLException {
    Faults faults = new Faults();
    CutShorts faulty = new CutShorts(Database.open(faults.in(testDatabase.dataSource())), clock);
    int counted = 0;
    for (boolean came = true; came; came = faults.hasCome()) {
      faulty.count(1, 10);
      faults.at(counted++, OutOfMemoryError::new);
      try {
        faulty.write();
      } catch (OutOfMemoryError | RuntimeException injected) {
        // the counts are written with the next ones
      }
    }
    assertTrue(counted > 3);
    // more if an error came after the commit: those counts are written again
    long times = cutShorts.ofWebhooks(1, 1).get(10L).times();
    assertTrue(times >= counted, times + " of " + counted);
  }
}
