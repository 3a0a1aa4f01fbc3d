package org.expmaster.webhook.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The guarantees for a generated signing key, tested on every database. */
abstract class SigningKeyStoreContract {
  private static final int MASTERS = 4;

  private static final Duration OVERLAP = Duration.ofHours(24);

  private final TurnableClock clock = new TurnableClock();
  private TestDatabase database;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    database = fresh();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aKeyOf32RandomBytesIsMadeOnceAndKept() {
    String made = started();
    assertTrue(made.matches("[0-9a-f]{64}"));
    assertEquals(made, started(), "the same after a restart");
  }

  @Test
  void twoDatabasesHaveTwoKeys() {
    try (TestDatabase other = fresh()) {
      String here = started();
      String there = store(other).keptOrMade().current().reveal();
      assertEquals(2, Set.of(here, there).size());
    }
  }

  @Test
  void mastersThatStartTogetherOnOneDatabaseEndWithOneKey() throws Exception {
    CyclicBarrier together = new CyclicBarrier(MASTERS);
    ExecutorService masters = Executors.newFixedThreadPool(MASTERS);
    try {
      List<Callable<String>> starts = new ArrayList<>();
      for (int i = 0; i < MASTERS; i++) {
        starts.add(
            () -> {
              together.await();
              return started();
            });
      }
      Set<String> keys = new HashSet<>();
      for (Future<String> key : masters.invokeAll(starts)) {
        keys.add(key.get());
      }
      assertEquals(1, keys.size());
    } finally {
      masters.shutdownNow();
    }
  }

  /** Does what a master does at its start: migrates the database, then reads the key. */
  private String started() {
    return store(database).keptOrMade().current().reveal();
  }

  private SigningKeyStore store(TestDatabase in) {
    return new SigningKeyStore(in.open(), clock, OVERLAP);
  }

  @Test
  void afterARotationTheNewKeySignsAndTheOldOneStaysForTheOverlap() throws SQLException {
    SigningKeyStore store = store(database);
    SigningKey old = store.keptOrMade().current();

    store.rotate();

    SigningKeys during = store.keptOrMade();
    assertNotEquals(old, during.current());
    assertEquals(Optional.of(old), during.previous());
    clock.turn(OVERLAP);
    assertEquals(new SigningKeys(during.current(), Optional.empty()), store.keptOrMade());
  }

  @Test
  void anotherMasterFollowsARotation() throws SQLException {
    KeyRing here = KeyRing.kept(database.open(), clock, OVERLAP);
    KeyRing there = KeyRing.kept(database.open(), clock, OVERLAP);
    here.rotate();
    there.refresh();
    assertEquals(here.signer().keys(), there.signer().keys());
  }
}
