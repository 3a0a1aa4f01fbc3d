package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Three masters that share one PostgreSQL and are killed or restarted. */
final class ThreeMastersIT {
  private static final int MAX_IN_FLIGHT = 32;
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private ChaosDatabase database;
  private Receipts receipts;
  private Fleet fleet;

  @BeforeEach
  void start() throws Exception {
    database = ChaosDatabase.Kind.POSTGRESQL.create(directory);
    receipts = Receipts.start();
    // all at once on an empty database: they create its tables and its signing key together
    fleet = Fleet.start(3, directory, database, Map.of());
    receipts.subscribe(fleet);
  }

  @AfterEach
  void stop() {
    fleet.close();
    receipts.close();
  }

  @Test
  void oneKilledEverySecondLosesNothing() throws Exception {
    String name = "one of three masters killed every second";
    Random dice = Chaos.dice(name);
    receipts.answerWithin(Duration.ofMillis(50), dice);
    Checkup checkup = Checkup.of(fleet, database, receipts);
    try (Load load = new Load(fleet::anyone, new Random(dice.nextLong()))) {
      Promise promise = new Promise(receipts, load);
      killEverySecond(load, dice);
      load.awaitMade(SOON);
      promise.isKeptIn(database, SOON);
      promise.tally(name).areOwedTo(fleet.kills(), MAX_IN_FLIGHT);
    }
    receipts.close();
    checkup.holdsAgain();
  }

  private void killEverySecond(Load load, Random dice) throws Exception {
    ExecutorService helpers = Executors.newCachedThreadPool();
    List<Future<?>> restarts = new ArrayList<>();
    long second = System.nanoTime();
    for (int kill = Chaos.scale(6, 60); kill > 0; kill--) {
      load.more(Chaos.scale(40, 60));
      second += TimeUnit.SECONDS.toNanos(1);
      while (System.nanoTime() < second) {
        LockSupport.parkNanos(second - System.nanoTime());
      }
      Member victim = oneThatIsUp(dice);
      fleet.kill(victim);
      restarts.add(helpers.submit(() -> startAgain(victim)));
    }
    for (Future<?> restart : restarts) {
      restart.get();
    }
    helpers.shutdown();
  }

  private Member oneThatIsUp(Random dice) {
    Wait.until("any master is up", SOON, () -> fleet.anyone().isPresent());
    List<Member> up = fleet.members().stream().filter(member -> member.api().isPresent()).toList();
    return up.get(dice.nextInt(up.size()));
  }

  private static Void startAgain(Member member) throws IOException {
    member.launch();
    member.awaitUp();
    return null;
  }

  @Test
  void aRollingRestartLosesNothingAndDoublesNothing() throws Exception {
    String name = "a rolling restart of three masters";
    Random dice = Chaos.dice(name);
    receipts.answerWithin(Duration.ofMillis(300), dice);
    Checkup checkup = Checkup.of(fleet, database, receipts);
    try (Load load = new Load(fleet::anyone, new Random(dice.nextLong()))) {
      Promise promise = new Promise(receipts, load);
      for (int round = Chaos.scale(1, 3); round > 0; round--) {
        for (Member member : fleet.members()) {
          load.more(60);
          Chaos.moment(dice, Duration.ofSeconds(1));
          assertEquals(0, member.terminate(), member.process().stderr());
          startAgain(member);
        }
      }
      load.awaitMade(SOON);
      promise.isKeptIn(database, SOON);
      assertEquals(0, promise.tally(name).count(), "duplicates");
    }
    receipts.close();
    checkup.holdsAgain();
  }
}
