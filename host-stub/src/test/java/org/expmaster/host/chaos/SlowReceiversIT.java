package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.expmaster.host.chaos.Receipts.Receipt;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Healthy receivers are notified at once, however many others are slow or hang. */
final class SlowReceiversIT {
  private static final Duration PROMPT = Duration.ofSeconds(2);

  /** Whoever waits as long may have waited for one that hangs. */
  private static final Duration TIME_OUT = Duration.ofSeconds(15);

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int HEALTHY = 3;
  private static final int SOME = 20;

  private static final int MANY = Chaos.scale(200, 2_000);

  /** The plugin's defaults, where the other tests here use shorter times. */
  private static final Map<String, Object> DEFAULTS =
      Map.of("request_timeout", TIME_OUT.toSeconds() + "s", "lease", "60s", "poll_interval", "1s");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final List<Receipts> healthy = new ArrayList<>();
  private WebhookReceiver slow;
  private SilentReceiver hanging;

  @BeforeEach
  void open() throws Exception {
    slow = WebhookReceiver.start();
    slow.answer(any -> Answer.status(200).after(Duration.ofSeconds(5)));
    hanging = SilentReceiver.start();
    for (int i = 0; i < HEALTHY; i++) {
      healthy.add(Receipts.start());
    }
  }

  @AfterEach
  void close() throws Exception {
    healthy.forEach(Receipts::close);
    slow.close();
    hanging.close();
  }

  @ParameterizedTest
  @EnumSource
  void besideTwentyThatAreSlowAndTwentyThatHangAndThenMany(ChaosDatabase.Kind kind)
      throws Exception {
    String name = "slow receivers on " + kind;
    ChaosDatabase database = kind.create(directory);
    try (Fleet fleet = Fleet.start(1, directory, database, DEFAULTS);
        Load load = new Load(fleet::anyone, new Random(Chaos.dice(name).nextLong()))) {
      subscribeHealthy(fleet);
      Api admin = fleet.admin(0);
      long template = 0;
      for (int i = 0; i < SOME; i++) {
        Receipts.subscribe(admin, slow.url("/" + i));
        template = Receipts.subscribe(admin, hanging.url());
      }
      areToldAtOnce(
          name + ", 40", database, load, new Pace(100, Chaos.scale(30, 60), Chaos.scale(40, 450)));

      Member master = fleet.member(0);
      master.kill();
      Multiplied.webhook(database, template, MANY);
      master.launch();
      master.awaitUp();
      // each end writes a row for every one of these webhooks
      Pace pace = new Pace(Chaos.scale(1_000, 4_000), Chaos.scale(3, 4), Chaos.scale(5, 26));
      areToldAtOnce(name + ", " + MANY, database, load, pace);
      assertTrue(Checkup.isWell(fleet.admin(0)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void withFewPlacesWhereThoseThatHangCouldHaveThemAll(ChaosDatabase.Kind kind) throws Exception {
    String name = "few places on " + kind;
    ChaosDatabase database = kind.create(directory);
    Map<String, Object> settings = new HashMap<>(DEFAULTS);
    settings.putAll(Map.of("max_in_flight", 64, "max_in_flight_per_webhook", 16));
    try (Fleet fleet = Fleet.start(1, directory, database, settings);
        Load load = new Load(fleet::anyone, new Random(Chaos.dice(name).nextLong()))) {
      subscribeHealthy(fleet);
      for (int i = 0; i < 4; i++) {
        Receipts.subscribe(fleet.admin(0), hanging.url());
      }
      areToldAtOnce(name, database, load, new Pace(50, Chaos.scale(30, 60), Chaos.scale(40, 600)));
    }
  }

  /**
   * How often an experiment ends.
   *
   * @param warmUp how many end before delivery times are measured: the masters have just started,
   *     and know none of the receivers
   */
  private record Pace(long millis, int warmUp, int ends) {}

  private void subscribeHealthy(Fleet fleet) {
    healthy.forEach(receipts -> receipts.subscribe(fleet));
  }

  private void areToldAtOnce(String name, ChaosDatabase database, Load load, Pace pace)
      throws InterruptedException {
    allAreTold(database, load, pace.millis(), pace.warmUp());
    Instant warm = Instant.now();
    Map<Long, Instant> ends = allAreTold(database, load, pace.millis(), pace.ends());
    List<Duration> waits = new ArrayList<>();
    for (Receipts receipts : healthy) {
      for (Receipt receipt : receipts.all()) {
        Instant end = ends.get(receipt.experimentId());
        if (end.isAfter(warm)) {
          waits.add(Duration.between(end, receipt.at()));
        }
      }
    }
    assertTrue(waits.size() >= HEALTHY * pace.ends(), () -> waits.size() + " told");
    waits.sort(null);
    Duration half = waits.get(waits.size() / 2);
    Duration longest = waits.get(waits.size() - 1);
    Chaos.say(name, waits.size() + " told, half within " + half + " and all within " + longest);
    assertTrue(longest.compareTo(TIME_OUT) < 0, longest::toString);
    Chaos.assertInFull(longest.compareTo(PROMPT) <= 0, longest.toString());
  }

  /** Makes experiments end, and waits until the healthy receivers have been notified of all. */
  private Map<Long, Instant> allAreTold(ChaosDatabase database, Load load, long millis, int ends)
      throws InterruptedException {
    for (int i = 0; i < ends; i++) {
      load.more(1);
      TimeUnit.MILLISECONDS.sleep(millis);
    }
    load.awaitMade(SOON);
    Wait.until("all have ended", SOON, () -> haveEnded(database.look()));
    Map<Long, Instant> ended = database.look().ends();
    for (Receipts receipts : healthy) {
      Wait.until(
          () -> "not told of " + missing(ended, receipts),
          SOON,
          () -> missing(ended, receipts).isEmpty());
    }
    return ended;
  }

  private static boolean haveEnded(DatabaseView view) {
    return view.ended().size() == view.states().size();
  }

  private static Set<Long> missing(Map<Long, Instant> ends, Receipts receipts) {
    Set<Long> missing = new HashSet<>(ends.keySet());
    receipts.all().forEach(receipt -> missing.remove(receipt.experimentId()));
    return missing;
  }
}
