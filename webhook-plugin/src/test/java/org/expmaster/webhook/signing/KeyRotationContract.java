package org.expmaster.webhook.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.expmaster.webhook.db.Along;
import org.junit.jupiter.api.Test;

/** How a generated key follows another, tested on every database. */
abstract class KeyRotationContract extends SigningKeyStores {
  @Test
  void aNewKeyIsAnnouncedBeforeItSignsTheDocumentedHeader() throws SQLException {
    SigningKeyStore store = store(database);
    SigningKey old = store.keptOrMade().current();

    Instant from = store.rotate(false, Along.NOTHING);

    assertEquals(clock.instant().plus(OVERLAP), from);
    SigningKeys announced = store.keptOrMade();
    assertEquals(old, announced.current());
    assertEquals(Optional.of(from), announced.next().orElseThrow().signsFrom());
    assertEquals(List.of(), announced.previous());

    clock.turn(OVERLAP);
    SigningKeys changed = store.keptOrMade();
    assertEquals(announced.next().orElseThrow().key(), changed.current());
    assertEquals(Optional.empty(), changed.next());
    assertEquals(List.of(old), changed.previous());
  }

  @Test
  void anOldKeyIsDeletedWhenTheOverlapAfterItHasEnded() throws SQLException {
    SigningKeyStore store = store(database);
    store.keptOrMade();
    store.rotate(false, Along.NOTHING);
    clock.turn(OVERLAP);
    SigningKey now = store.keptOrMade().current();
    assertEquals(2, rows());

    clock.turn(OVERLAP);

    assertEquals(SigningKeys.only(now), store.keptOrMade());
    assertEquals(1, rows());
  }

  @Test
  void aLeakedKeyIsReplacedAtOnceAndReceiversThatHoldOnlyItCanStillVerify() throws SQLException {
    SigningKeyStore store = store(database);
    SigningKey leaked = store.keptOrMade().current();

    assertEquals(clock.instant(), store.rotate(true, Along.NOTHING));

    SigningKeys keys = store.keptOrMade();
    assertNotEquals(leaked, keys.current());
    assertEquals(Optional.empty(), keys.next());
    assertEquals(List.of(leaked), keys.previous());
  }

  @Test
  void aSecondRotationIsRefusedUntilTheAnnouncedKeySigns() throws SQLException {
    SigningKeyStore store = store(database);
    store.keptOrMade();
    Instant from = store.rotate(false, Along.NOTHING);
    SigningKeys announced = store.keptOrMade();

    assertEquals(
        from,
        assertThrows(RotationPendingException.class, () -> store.rotate(false, Along.NOTHING))
            .until());

    assertEquals(announced, store.keptOrMade());
    clock.turn(OVERLAP);
    store.rotate(false, Along.NOTHING);
    assertTrue(store.keptOrMade().next().isPresent());
  }

  @Test
  void aKeyThatLeaksWhileAnotherIsAnnouncedIsReplacedByAThird() throws SQLException {
    SigningKeyStore store = store(database);
    SigningKey first = store.keptOrMade().current();
    store.rotate(false, Along.NOTHING);
    SigningKey second = store.keptOrMade().next().orElseThrow().key();
    clock.turn(OVERLAP.dividedBy(2));

    store.rotate(true, Along.NOTHING);

    SigningKeys keys = store.keptOrMade();
    assertEquals(Optional.empty(), keys.next());
    assertEquals(List.of(second, first), keys.previous());
    clock.turn(OVERLAP.multipliedBy(2));
    assertEquals(SigningKeys.only(keys.current()), store.keptOrMade());
  }

  @Test
  void mastersThatRotateTogetherAnnounceOneKey() throws Exception {
    SigningKeyStore here = store(database);
    SigningKeyStore there = store(database);
    here.keptOrMade();
    ExecutorService masters = Executors.newFixedThreadPool(2);
    try {
      CyclicBarrier together = new CyclicBarrier(2);
      List<Callable<Object>> rotations = new ArrayList<>();
      for (SigningKeyStore store : List.of(here, there)) {
        rotations.add(
            () -> {
              together.await();
              try {
                return store.rotate(false, Along.NOTHING);
              } catch (RotationPendingException theOtherWasFirst) {
                return theOtherWasFirst.until();
              }
            });
      }
      for (Future<Object> rotation : masters.invokeAll(rotations)) {
        assertEquals(clock.instant().plus(OVERLAP), rotation.get());
      }
    } finally {
      masters.shutdownNow();
    }
    assertEquals(2, rows());
    assertEquals(here.keptOrMade(), there.keptOrMade());
  }

  @Test
  void anImmediateRotationBesideAnotherOneIsNeverLost() throws Exception {
    SigningKeyStore here = store(database);
    SigningKeyStore there = store(database);
    here.keptOrMade();
    ExecutorService masters = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 20; round++) {
        SigningKey leaked = here.keptOrMade().current();
        CyclicBarrier together = new CyclicBarrier(2);
        Future<Instant> gentle =
            masters.submit(
                () -> {
                  together.await();
                  return here.rotate(false, Along.NOTHING);
                });
        together.await();
        assertEquals(clock.instant(), there.rotate(true, Along.NOTHING));
        assertNotEquals(leaked, there.keptOrMade().current());
        gentle.get();
        clock.turn(OVERLAP.multipliedBy(3));
      }
    } finally {
      masters.shutdownNow();
    }
  }

  @Test
  void manyRotationsDoNotMakeTheHeaderEverLonger() throws SQLException {
    SigningKeyStore store = store(database);
    store.keptOrMade();
    for (int i = 0; i < 20; i++) {
      store.rotate(true, Along.NOTHING);
    }
    assertEquals(8, store.keptOrMade().previous().size());
  }

  @Test
  void anotherMasterFollowsARotation() throws SQLException {
    KeyRing here = KeyRing.kept(database.open(), clock, clock, OVERLAP);
    KeyRing there = KeyRing.kept(database.open(), clock, clock, OVERLAP);
    here.rotate(false, Along.NOTHING);
    there.refresh();
    assertEquals(here.signer().keys(), there.signer().keys());
  }
}
