package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.expmaster.host.chaos.Receipts.Receipt;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Vitals;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One healthy receiver: alone, then beside one more for each hostile kind, then beside one hostile
 * receiver of each kind. All are notified of every end. Each hostile one is a separate process.
 */
final class HostileReceiversIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int FAILURES_TO_OPEN_A_CIRCUIT = 5;
  private static final int MEGABYTES = 512;

  /** So few requests at once that hostile receivers would occupy all, were they not isolated. */
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "max_in_flight",
          100,
          "max_in_flight_per_webhook",
          8,
          "request_timeout",
          "4s",
          "lease",
          "8s",
          "retry_schedule",
          List.of());

  /** A delivery that waited for a hostile receiver would take longer. */
  private static final Duration PROMPT = Duration.ofSeconds(2);

  /** The time per delivery to a receiver that takes two seconds, for eight requests at once. */
  private static final Duration LONGEST_TAKING = Duration.ofMillis(300);

  /** The allowed slowdown against as many healthy receivers, to which as much has to be sent. */
  private static final int TIMES = 2;

  /** Smaller differences are noise on a machine where everything shares two cores. */
  private static final long NOTHING_MILLIS = 10;

  /** The same for the comparison with one webhook alone, which is less work. */
  private static final long LITTLE_MILLIS = 5 * NOTHING_MILLIS;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Map<Long, Hostility> hostile = new HashMap<>();
  private final Map<Hostility, HostileProcess> processes = new EnumMap<>(Hostility.class);

  @AfterEach
  void end() {
    processes.values().forEach(HostileProcess::close);
  }

  @ParameterizedTest
  @EnumSource
  void hostileOnesHarmThemselvesAlone(ChaosDatabase.Kind kind) throws Exception {
    String name = "hostile receivers on " + kind;
    Random dice = Chaos.dice(name);
    ChaosDatabase database = kind.create(directory);
    try (Receipts receipts = Receipts.start();
        Fleet fleet = Fleet.start(1, directory, database, SETTINGS);
        Load load = new Load(fleet::anyone, new Random(dice.nextLong()))) {
      Api admin = fleet.admin(0);
      receipts.subscribe(fleet);
      Checkup checkup = Checkup.of(fleet, database, receipts);
      Promise promise = new Promise(receipts, load);
      // warm-up: a master is slower until its code has been compiled
      told(database, promise, Chaos.scale(50, 300));
      List<Long> alone = told(database, promise, Chaos.scale(100, 500));
      List<Long> besideGood = besideGood(database, promise, admin);
      subscribeHostile(admin);
      List<Long> besideBad = told(database, promise, Chaos.scale(75, 500));

      assertEquals(0, promise.tally(name).count(), "duplicates");
      assertUndisturbed(name, alone, besideGood, besideBad);
      for (long webhook : hostile.keySet()) {
        becomesOfItsDeliveriesWhatShould(webhook, besideBad.size(), database);
      }
      onlyThoseThatTakeNothingAreFailing(admin);

      long megabytes = Vitals.of(fleet.member(0).process().pid()).peakMegabytes();
      assertTrue(megabytes < MEGABYTES, megabytes + " MB");
      end();
      receipts.close();
      checkup.holdsAgain();
    }
  }

  private static List<Long> besideGood(ChaosDatabase database, Promise promise, Api admin)
      throws Exception {
    try (WebhookReceiver good = WebhookReceiver.start()) {
      good.answer(any -> Answer.status(200));
      List<Long> webhooks = new ArrayList<>();
      for (Hostility replaced : Hostility.values()) {
        webhooks.add(Receipts.subscribe(admin, good.url("/" + replaced)));
      }
      List<Long> told = told(database, promise, Chaos.scale(75, 500));
      Wait.until("all are told", SOON, () -> database.look().isSettled());
      webhooks.forEach(webhook -> admin.delete("/api/v1/webhooks/" + webhook).ok());
      return told;
    }
  }

  private void subscribeHostile(Api admin) throws IOException {
    for (Hostility kind : Hostility.values()) {
      processes.put(kind, HostileProcess.launch(kind));
    }
    for (Map.Entry<Hostility, HostileProcess> each : processes.entrySet()) {
      hostile.put(Receipts.subscribe(admin, each.getValue().awaitUrl()), each.getKey());
    }
  }

  /**
   * Creates experiments and waits until the healthy receiver has been notified of each; returns the
   * delays after their ends in milliseconds, the shortest first.
   */
  private static List<Long> told(ChaosDatabase database, Promise promise, int experiments)
      throws Exception {
    Set<Receipt> before = Set.copyOf(promise.receipts().all());
    promise.load().more(experiments);
    promise.load().awaitMade(Duration.ofMinutes(5));
    promise.isKeptIn(database, SOON);
    DatabaseView view = database.look();
    return promise.receipts().all().stream()
        .filter(receipt -> !before.contains(receipt))
        .map(receipt -> millis(view, receipt))
        .sorted()
        .toList();
  }

  private static long millis(DatabaseView view, Receipt receipt) {
    Instant end = view.ends().get(receipt.experimentId());
    return Duration.between(end, receipt.at()).toMillis();
  }

  private static void assertUndisturbed(
      String name, List<Long> alone, List<Long> besideGood, List<Long> besideBad) {
    long median = median(besideBad);
    long last = besideBad.get(besideBad.size() - 1);
    String figures =
        "half told within %d ms, beside as many good ones within %d ms, alone within %d ms;"
            .formatted(median, median(besideGood), median(alone));
    figures +=
        " %.2f times as long as beside good ones; at worst %d ms"
            .formatted((double) median / Math.max(1, median(besideGood)), last);
    Chaos.say(name, figures);
    Chaos.assertInFull(last < PROMPT.toMillis(), figures);
    Chaos.assertInFull(median <= TIMES * Math.max(median(besideGood), NOTHING_MILLIS), figures);
    Chaos.assertInFull(median <= TIMES * Math.max(median(alone), LITTLE_MILLIS), figures);
  }

  private static long median(List<Long> sorted) {
    return sorted.get(sorted.size() / 2);
  }

  private void becomesOfItsDeliveriesWhatShould(
      long webhook, int deliveries, ChaosDatabase database) {
    Hostility hostility = hostile.get(webhook);
    if (hostility.takes()) {
      Wait.until(
          () -> hostility + ": " + database.look().only(webhook),
          SOON.plus(LONGEST_TAKING.multipliedBy(deliveries)),
          () -> database.look().only(webhook).isSettled());
      assertEquals(0, database.look().only(webhook).count("DEAD"), hostility::name);
      return;
    }
    Wait.until(
        () -> hostility + ": " + database.look().only(webhook),
        SOON,
        () -> database.look().only(webhook).count("DEAD") >= FAILURES_TO_OPEN_A_CIRCUIT);
    DatabaseView view = database.look().only(webhook);
    assertEquals(0, view.count("DELIVERED"), hostility::name);
    assertEquals(deliveries, view.count("DEAD") + view.count("WAITING"), hostility::name);
    assertTrue(view.count("DEAD") < view.count("WAITING"), () -> hostility + " is spared");
  }

  private void onlyThoseThatTakeNothingAreFailing(Api admin) {
    for (JsonNode webhook : admin.get("/api/v1/webhooks").ok().get("webhooks")) {
      Hostility hostility = hostile.get(webhook.get("id").asLong());
      boolean failing = !webhook.at("/health/failingSince").isNull();
      assertEquals(hostility != null && !hostility.takes(), failing, webhook::toString);
    }
  }
}
