package org.expmaster.webhook.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users' decisions and masters' findings: a decision always wins. */
abstract class HealthStoreContract {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Health FAILING =
      new Health(Optional.of(NOON), Optional.of(NOON), Optional.empty(), "it answered 500");
  private static final Health DISABLED = Health.WELL.disabled(NOON, "disabled by ann");

  private TestDatabase testDatabase;
  private Database database;
  private HealthStore store;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    testDatabase = fresh();
    database = testDatabase.open();
    store = new HealthStore(database);
    for (long id = 1; id <= 2; id++) {
      webhook(id);
    }
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  @Test
  void whatAMasterFoundIsKeptAndShownAndReplacedByWhatItFindsNext() throws SQLException {
    assertEquals(KeptHealth.NONE, store.find(1));
    assertTrue(replace(1, KeptHealth.NONE, FAILING));
    KeptHealth kept = store.find(1);
    assertEquals(FAILING, kept.health());
    assertEquals(Map.of(1L, FAILING), store.unwell());

    assertTrue(replace(1, kept, Health.WELL));
    assertEquals(Map.of(), store.unwell());
    assertEquals(Map.of(1L, new KeptHealth(Health.WELL, 2)), store.all());
  }

  @Test
  void whatAPersonDecidedIsNotReplacedByWhatAMasterFoundWithoutKnowingOfIt() throws SQLException {
    store.put(1, DISABLED);
    assertFalse(replace(1, KeptHealth.NONE, FAILING));
    assertEquals(DISABLED, store.find(1).health());

    KeptHealth disabled = store.find(1);
    store.put(1, Health.WELL);
    assertFalse(replace(1, disabled, FAILING));
    assertEquals(Map.of(), store.unwell());
  }

  @Test
  void aWebhookThatWasDisabledAndEnabledIsNotTakenForOneOfWhichNothingWasDecided()
      throws SQLException {
    store.put(1, DISABLED);
    store.put(1, Health.WELL);
    assertFalse(replace(1, KeptHealth.NONE, FAILING));
    assertTrue(store.find(1).health().isWell());
  }

  @Test
  void ofTwoMastersThatFindSomethingOutAtOnceOneIsHeard() throws SQLException {
    assertTrue(replace(1, KeptHealth.NONE, FAILING));
    assertFalse(replace(1, KeptHealth.NONE, Health.WELL));
    assertEquals(FAILING, store.find(1).health());
  }

  @Test
  void whatAPersonDecidesIsKeptWhateverWasKept() throws SQLException {
    replace(1, KeptHealth.NONE, FAILING);
    store.put(1, DISABLED);
    assertEquals(new KeptHealth(DISABLED, 2), store.find(1));
    assertEquals(KeptHealth.NONE, store.find(2), "of another webhook");
  }

  @Test
  void nothingIsKeptOfAWebhookThatIsGone() throws SQLException {
    assertFalse(replace(99, KeptHealth.NONE, FAILING));
    store.put(99, DISABLED);
    assertEquals(Map.of(), store.all());
  }

  @Test
  void whatIsKeptOfAWebhookThatWentAtThatMomentIsForgotten() throws SQLException {
    store.put(1, DISABLED);
    store.put(2, DISABLED);
    database
        .jdbi()
        .useHandle(handle -> handle.execute("DELETE FROM webhooks_webhook WHERE id = 1"));
    store.forgetDeleted();
    assertEquals(Map.of(2L, DISABLED), store.unwell());
  }

  private boolean replace(long id, KeptHealth known, Health found) throws SQLException {
    return database.inTransaction(connection -> store.replace(connection, id, known, found));
  }

  private void webhook(long id) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    INSERT INTO webhooks_webhook
                      (id, name, url, type, mode, workspace_id, created_by, created_at)
                    VALUES (?, '', 'http://receiver.example', 'DEFAULT', 'WORKSPACE', 0, 1, 0)
                    """,
                    id));
  }
}
