package org.expmaster.webhook.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
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
import org.expmaster.webhook.db.Along;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** The guarantees for a generated signing key, tested on every database. */
abstract class SigningKeyStoreContract extends SigningKeyStores {
  private static final int MASTERS = 4;

  @Test
  void aKeyOf32RandomBytesIsMadeOnceAndKept() {
    String made = started();
    assertTrue(made.matches("[0-9a-f]{64}"));
    assertEquals(made, started(), "the same after a restart");
  }

  @Test
  void aKeyThatIsGoneIsSaidAndSignsOnAndARotationMakesANewOne() throws SQLException {
    KeyRing first = KeyRing.kept(database.open(), clock, clock, OVERLAP);
    assertEquals(KeyRing.Source.GENERATED, first.source());
    KeyRing keys = KeyRing.kept(database.open(), clock, clock, OVERLAP);
    assertEquals(KeyRing.Source.STORED, keys.source());
    assertEquals(Optional.empty(), keys.follow());
    SigningKeys before = keys.signer().keys();
    database.open().jdbi().useHandle(handle -> handle.execute("DELETE FROM webhooks_signing_key"));

    String problem = keys.follow().orElse("");

    assertTrue(problem.startsWith("no signing key is in the table"), problem);
    assertEquals(before, keys.signer().keys());
    assertEquals(0, rows());
    keys.rotate(true, Along.NOTHING);
    assertEquals(Optional.empty(), keys.follow());
    assertEquals(1, rows());
    assertNotEquals(before.current(), keys.signer().keys().current());
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
}
