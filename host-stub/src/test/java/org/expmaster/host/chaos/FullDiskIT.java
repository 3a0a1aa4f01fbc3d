package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** SQLite on a disk that is full for a while. */
final class FullDiskIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(5);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void nothingIsHalfDoneWhileItIsFullAndEverythingArrivesAfterwards() throws Exception {
    String name = "a full disk";
    Random dice = Chaos.dice(name);
    try (TinyDisk disk = TinyDisk.mount(directory.resolve("disk"), 16);
        Receipts receipts = Receipts.start()) {
      receipts.answerWithin(Duration.ofMillis(300), dice);
      ChaosDatabase database = ChaosDatabase.Kind.SQLITE.create(disk.directory());
      try (Fleet fleet = Fleet.start(1, directory, database, Map.of());
          Load load = new Load(fleet::anyone, new Random(dice.nextLong()))) {
        receipts.subscribe(fleet);
        Checkup checkup = Checkup.of(fleet, database, receipts);
        Promise promise = new Promise(receipts, load);

        for (int time = Chaos.scale(1, 3); time > 0; time--) {
          load.more(200);
          // by then some have ended, some are running, some have yet to be created
          receipts.awaitMore(1 + dice.nextInt(10), SOON);
          disk.fill();
          Api admin = fleet.admin(0);
          Wait.until("a write fails", SOON, () -> failsCleanly(admin));
          Wait.until("recording a delivery fails", SOON, () -> !Checkup.isWell(admin));
          TimeUnit.NANOSECONDS.sleep(LONGER_THAN_A_LEASE.toNanos());
          promise.holdsIn(database);
          disk.free();
          load.awaitMade(SOON);
          promise.isKeptIn(database, SOON);
        }
        assertEquals(0, promise.tally(name).count(), "duplicates");
        receipts.close();
        checkup.holdsAgain();
        assertEquals(0, fleet.member(0).terminate());
      }
    }
  }

  private static boolean failsCleanly(Api admin) {
    Api.Answer answer = admin.post("/api/v1/experiments", Map.of("config", "entrypoint: exit 0"));
    if (answer.status() == 200) {
      return false;
    }
    assertEquals(500, answer.status());
    assertFalse(answer.error().contains("SQL"), "no internals are shown: " + answer.error());
    return true;
  }
}
