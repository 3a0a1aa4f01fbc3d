package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.expmaster.host.chaos.Disabler.Tally;
import org.expmaster.host.chaos.MoodyReceivers.Mood;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disabled webhook stays disabled and silent, whatever its receiver does meanwhile. */
final class DisablesIT {
  private static final int WEBHOOKS = Chaos.scale(5, 6) * Mood.values().length;
  private static final int DISABLES_EACH = Chaos.scale(2, 24);
  private static final Duration BETWEEN_ENDS = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Late answers still count, nothing becomes a dead letter, and nothing waits for long. */
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "request_timeout", "4s",
          "lease", "8s",
          "retry_schedule", Collections.nCopies(1_000, "500ms"));

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final List<Disabler> people = new ArrayList<>();

  /** The masters, and how long those that have not been notified may go on sending. */
  private enum Masters {
    ONE_ON_SQLITE(1, ChaosDatabase.Kind.SQLITE, Duration.ZERO),
    ONE_ON_POSTGRESQL(1, ChaosDatabase.Kind.POSTGRESQL, Duration.ZERO),
    TWO_ON_POSTGRESQL(2, ChaosDatabase.Kind.POSTGRESQL, Duration.ofSeconds(1));

    private final int count;
    private final ChaosDatabase.Kind kind;
    private final Duration untold;

    Masters(int count, ChaosDatabase.Kind kind, Duration untold) {
      this.count = count;
      this.kind = kind;
      this.untold = untold;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatSomebodyDisablesAtAnyMomentStaysSoAndSilent(Masters masters) throws Exception {
    String name = "disables, " + masters;
    Random dice = Chaos.dice(name);
    ChaosDatabase database = masters.kind.create(directory);
    try (MoodyReceivers receivers = new MoodyReceivers(WEBHOOKS, dice);
        Fleet fleet = Fleet.start(masters.count, directory, database, SETTINGS);
        Load load = new Load(fleet::anyone, new Random(dice.nextLong()))) {
      for (int i = 0; i < WEBHOOKS; i++) {
        long webhook = Receipts.subscribe(fleet.admin(0), receivers.url(i));
        Random own = new Random(dice.nextLong());
        people.add(new Disabler(fleet, receivers, i, webhook, masters.untold, own));
      }
      for (int i = 0; i < fleet.size(); i++) {
        awaitKnown(fleet.admin(i));
      }
      Tally tally = disableWhileExperimentsEnd(load);
      Chaos.say(name, tally.toString());
      assertEquals(WEBHOOKS * DISABLES_EACH, tally.disables());
      assertTrue(tally.whileEnabled() > tally.disables(), "what is silent anyway proves nothing");

      receivers.appease();
      people.forEach(person -> person.decide("enable"));
      load.awaitMade(SOON);
      Wait.until("all have ended, nothing waits", SOON, () -> database.look().isSettled());
      nothingIsMissing(database.look());
      assertTrue(Checkup.areWell(fleet));
    }
  }

  private static void awaitKnown(Api master) {
    Wait.until(
        "the master knows all webhooks",
        SOON,
        () -> master.get("/api/v1/webhooks").ok().get("webhooks").size() == WEBHOOKS);
  }

  private Tally disableWhileExperimentsEnd(Load load) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WEBHOOKS);
    try {
      List<Future<Tally>> tallies = new ArrayList<>();
      people.forEach(person -> tallies.add(threads.submit(() -> person.disable(DISABLES_EACH))));
      while (!tallies.stream().allMatch(Future::isDone)) {
        load.more(1);
        TimeUnit.NANOSECONDS.sleep(BETWEEN_ENDS.toNanos());
      }
      Tally sum = tallies.get(0).get();
      for (Future<Tally> tally : tallies.subList(1, tallies.size())) {
        sum = sum.and(tally.get());
      }
      return sum;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Every receiver has accepted every end, including those while its webhook was disabled. */
  private void nothingIsMissing(DatabaseView view) {
    for (Disabler person : people) {
      Set<Long> missing = new HashSet<>(view.ended());
      missing.removeAll(person.receiver().taken());
      assertEquals(Set.of(), missing, person::toString);
      DatabaseView own = view.only(person.webhook());
      assertEquals(view.ended().size(), own.rows().size(), person::toString);
      assertEquals(own.rows().size(), own.count("DELIVERED"), person::toString);
    }
  }
}
