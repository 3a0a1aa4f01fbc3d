package org.expmaster.webhook.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The guarantees of firing once, tested on every database. */
abstract class FiredStoreContract {
  private static final Duration KEEP = Duration.ofDays(90);

  private final TurnableClock clock = new TurnableClock();
  private TestDatabase testDatabase;
  private Database database;
  private WebhookRegistry registry;
  private FiredStore fired;
  private long webhook;
  private long trigger;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    testDatabase = fresh();
    database = testDatabase.open();
    registry = new WebhookRegistry(database, clock);
    fired = another();
    var made = registry.create(Fixtures.draft("w"), 1);
    webhook = made.id();
    trigger = made.triggers().get(0).id();
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  @Test
  void aTriggerFiresOnceForEachSubjectOnWhicheverMaster() throws SQLException {
    assertEquals(firings("a", "b"), claim(fired, "a", "b"));
    assertEquals(firings("c"), claim(another(), "b", "c", "a"));
    long other = registry.create(Fixtures.draft("other"), 1).triggers().get(0).id();
    Firing ofTheOther = new Firing(other, "a");
    assertEquals(
        Set.of(ofTheOther),
        database.inTransaction(
            connection -> fired.claim(connection, List.of(ofTheOther, new Firing(trigger, "a")))));
  }

  @Test
  void whatIsRolledBackHasNotFired() throws SQLException {
    try (Connection connection = testDatabase.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      assertEquals(firings("a"), fired.claim(connection, firings("a")));
      assertEquals(Set.of(), fired.claim(connection, firings("a")), "in one transaction, too");
      connection.rollback();
    }
    assertFalse(fired.remembers(new Firing(trigger, "a")));
    assertEquals(firings("a"), claim(fired, "a"));
  }

  @Test
  void onlyWhatItIsToldOfIsRemembered() throws SQLException {
    claim(fired, "a");
    assertFalse(fired.remembers(new Firing(trigger, "a")), "it may yet be rolled back");
    fired.remember(firings("a"));
    assertTrue(fired.remembers(new Firing(trigger, "a")));
    assertFalse(fired.remembers(new Firing(trigger, "b")));
  }

  @Test
  void aTriggerThatIsGoneFiresNoMore() throws SQLException {
    registry.delete(webhook, 1);
    assertEquals(Set.of(), claim(fired, "a"));
    assertEquals(0, rows());
  }

  @Test
  void whatFiredLongAgoIsForgottenAndFiresAgain() throws SQLException {
    claim(fired, many("old", 1_201));
    clock.turn(KEEP.minusDays(1));
    claim(fired, "young");
    fired.purge();
    assertEquals(1_202, rows());
    clock.turn(Duration.ofDays(1).plusMillis(1));
    fired.purge();
    assertEquals(1, rows());
    assertEquals(firings("old0"), claim(fired, "young", "old0"));
  }

  @Test
  void whatFiredForADeletedWebhookIsForgottenAtTheNextPurge() throws SQLException {
    claim(fired, many("task", 1_100));
    long stays = registry.create(Fixtures.draft("stays"), 1).triggers().get(0).id();
    database.inTransaction(connection -> fired.claim(connection, Set.of(new Firing(stays, "a"))));
    registry.delete(webhook, 1);
    fired.purge();
    assertEquals(1, rows());
  }

  private FiredStore another() {
    return new FiredStore(database, clock, KEEP);
  }

  private Set<Firing> claim(FiredStore by, String... subjects) throws SQLException {
    return database.inTransaction(connection -> by.claim(connection, firings(subjects)));
  }

  private Set<Firing> firings(String... subjects) {
    return Set.copyOf(Arrays.stream(subjects).map(s -> new Firing(trigger, s)).toList());
  }

  private static String[] many(String name, int count) {
    List<String> subjects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      subjects.add(name + i);
    }
    return subjects.toArray(new String[0]);
  }

  private int rows() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT count(*) FROM webhooks_fired")
                    .mapTo(Integer.class)
                    .one());
  }
}
