package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills a master again and again while experiments end. */
final class KillNineIT {
  private static final int KILLS = Chaos.scale(5, 20);
  private static final int EXPERIMENTS_PER_KILL = 25;
  private static final int MAX_IN_FLIGHT = 32;
  private static final Duration LONGEST_LIFE = Duration.ofMillis(1200);
  private static final Duration LONGEST_START = Duration.ofMillis(2000);
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @ParameterizedTest
  @EnumSource
  void whatWasCommittedArrivesAndWhatWasRolledBackDoesNot(ChaosDatabase.Kind kind)
      throws Exception {
    String name = "kill -9 on " + kind;
    Random dice = Chaos.dice(name);
    ChaosDatabase database = kind.create(directory);
    try (Receipts receipts = Receipts.start();
        Fleet fleet = Fleet.start(1, directory, database, Map.of());
        Load load = new Load(fleet::anyone, new Random(dice.nextLong()))) {
      receipts.answerWithin(Duration.ofMillis(50), dice);
      receipts.subscribe(fleet);
      Promise promise = new Promise(receipts, load);

      Member master = fleet.member(0);
      for (int kill = 1; kill <= KILLS; kill++) {
        load.more(EXPERIMENTS_PER_KILL);
        liveForAWhile(master, dice, kill);
        fleet.kill(master);
        promise.holdsIn(database.remains());
        master.launch();
      }

      master.awaitUp();
      load.awaitMade(SOON);
      promise.isKeptIn(database, SOON);
      assertEquals(0, master.terminate(), master.process().stderr());
      promise.tally(name).areOwedTo(fleet.kills(), MAX_IN_FLIGHT);
    }
  }

  /** Most die in the middle of their work, some while they start and find what the last left. */
  private static void liveForAWhile(Member master, Random dice, int kill)
      throws InterruptedException {
    if (kill % 4 == 0) {
      Chaos.moment(dice, LONGEST_START);
    } else {
      master.awaitUp();
      Chaos.moment(dice, LONGEST_LIFE);
    }
  }
}
