package org.expmaster.webhook.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.Faults;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts of attempts, on every database. */
abstract class TallyContract {
  private final TurnableClock clock = new TurnableClock();
  private TestDatabase testDatabase;
  private Database database;
  private Tally tally;
  private long webhook;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    testDatabase = fresh();
    database = testDatabase.open();
    tally = new Tally(database, clock);
    webhook = new WebhookRegistry(database, clock).create(Fixtures.draft(""), 1).id();
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  @Test
  void attemptsAreCountedByTheHourAcrossMasters() {
    Tally other = new Tally(database, clock);
    tally.count(webhook, Ending.DELIVERED);
    tally.count(webhook, Ending.DEAD);
    other.count(webhook, Ending.DELIVERED);
    tally.write();
    other.write();
    clock.turn(Duration.ofMinutes(90));
    tally.count(webhook, Ending.RETRIED);
    tally.write();
    LastDay day = tally.lastDays().get(webhook);
    assertEquals(List.of(new LastDay.Hour(1, 2, 1), new LastDay.Hour(0, 0, 1)), day.hours());
    assertEquals(Ending.RETRIED, day.last().orElseThrow().ending());
    assertEquals(clock.instant(), day.last().orElseThrow().at());
  }

  @Test
  void whatIsWrittenLateDoesNotHideWhatEndedLater() {
    Tally slow = new Tally(database, clock);
    slow.count(webhook, Ending.DEAD);
    clock.turn(Duration.ofSeconds(1));
    tally.count(webhook, Ending.DELIVERED);
    tally.write();
    slow.write();
    assertEquals(Ending.DELIVERED, tally.lastDays().get(webhook).last().orElseThrow().ending());
  }

  @Test
  void afterADayOnlyHowTheLastOneEndedIsLeft() {
    tally.count(webhook, Ending.DELIVERED);
    clock.turn(Duration.ofHours(1));
    tally.count(webhook, Ending.DEAD);
    tally.write();
    clock.turn(Duration.ofHours(24));
    tally.purge();
    LastDay day = tally.lastDays().get(webhook);
    assertEquals(List.of(), day.hours());
    assertEquals(Ending.DEAD, day.last().orElseThrow().ending());
  }

  @Test
  void aDeletedWebhooksCountsAreForgotten() {
    tally.count(webhook + 1, Ending.DELIVERED);
    tally.write();
    tally.purge();
    assertEquals(Map.of(), tally.lastDays());
  }

  @Test
  void whatCannotBeWrittenIsKeptForTheNextTime() {
    tally.count(webhook, Ending.DELIVERED);
    database.jdbi().useHandle(handle -> handle.execute("ALTER TABLE webhooks_tally RENAME TO t"));
    assertThrows(RuntimeException.class, tally::write);
    database.jdbi().useHandle(handle -> handle.execute("ALTER TABLE t RENAME TO webhooks_tally"));
    tally.count(webhook, Ending.DELIVERED);
    tally.write();
    assertEquals(List.of(new LastDay.Hour(0, 2, 0)), tally.lastDays().get(webhook).hours());
  }

  @Test
  void anErrorAtAnyUseOfTheDatabaseLosesNoCount() throws SQLException {
    Faults faults = new Faults();
    Tally faulty = new Tally(Database.open(faults.in(testDatabase.dataSource())), clock);
    int counted = 0;
    for (boolean came = true; came; came = faults.hasCome()) {
      faulty.count(webhook, Ending.DELIVERED);
      faults.at(counted++, OutOfMemoryError::new);
      try {
        faulty.write();
      } catch (OutOfMemoryError | RuntimeException injected) {
        // the counts are written with the next ones
      }
    }
    assertTrue(counted > 3);
    // more if an error came after the commit: those counts are written again
    LastDay.Hour hour = tally.lastDays().get(webhook).hours().get(0);
    assertTrue(hour.delivered() >= counted, hour.delivered() + " of " + counted);
  }
}
