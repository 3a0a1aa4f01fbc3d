package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.expmaster.host.chaos.Receipts.Receipt;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Vitals;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * One good receiver, first alone and then beside one of every bad kind, all told of every end. The
 * bad ones are in a process of their own.
 */
final class HostileReceiversIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int FAILURES_TO_OPEN_A_CIRCUIT = 5;
  private static final int MEGABYTES = 512;

  /** So few at once that the hostile ones would have them all, were they not kept apart. */
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

  /** Whoever waited for a hostile one would wait longer. */
  private static final Duration PROMPT = Duration.ofSeconds(2);

  /** At most so many times as long as when it was alone. */
  private static final int TIMES = 2;

  /** Less than this is the dice of a machine on which all of them share two cores. */
  private static final long NOTHING_MILLIS = 50;

  private static final String NAME = "hostile receivers";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Map<Long, Hostility> hostile = new HashMap<>();

  @Test
  void hostileOnesHarmThemselvesAlone() throws Exception {
    Random dice = Chaos.dice(NAME);
    ChaosDatabase database = ChaosDatabase.Kind.SQLITE.create(directory);
    try (Receipts receipts = Receipts.start();
        Fleet fleet = Fleet.start(1, directory, database, SETTINGS);
        Load load = new Load(fleet::anyone, new Random(dice.nextLong()));
        HostileProcess process = HostileProcess.start()) {
      Api admin = fleet.admin(0);
      receipts.subscribe(fleet);
      Checkup checkup = Checkup.of(fleet, database, receipts);
      Promise promise = new Promise(receipts, load);
      // until it has been compiled a master is slower, which is nobody's fault
      told(database, promise, Chaos.scale(50, 300));
      List<Long> alone = told(database, promise, Chaos.scale(100, 500));
      process.urls().forEach((kind, url) -> hostile.put(Receipts.subscribe(admin, url), kind));
      List<Long> beside = told(database, promise, Chaos.scale(150, 1000));

      assertEquals(0, promise.tally(NAME).count(), "duplicates");
      assertUndisturbed(alone, beside);
      for (long webhook : hostile.keySet()) {
        becomesOfItsDeliveriesWhatShould(webhook, beside.size(), database);
      }
      onlyThoseThatTakeNothingAreFailing(admin);

      long megabytes = Vitals.of(fleet.member(0).process().pid()).peakMegabytes();
      assertTrue(megabytes < MEGABYTES, megabytes + " MB");
      process.close();
      receipts.close();
      checkup.holdsAgain();
    }
  }

  /**
   * Makes so many experiments and waits until the good one has been told of each; returns how many
   * milliseconds after its end, the shortest first.
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

  private static void assertUndisturbed(List<Long> alone, List<Long> beside) {
    long undisturbed = alone.get(alone.size() / 2);
    long median = beside.get(beside.size() / 2);
    long last = beside.get(beside.size() - 1);
    String figures =
        "the good one was told after %d ms, alone after %d ms, %.2f times as long; at worst %d ms"
            .formatted(median, undisturbed, (double) median / Math.max(1, undisturbed), last);
    Chaos.say(NAME, figures);
    assertTrue(last < PROMPT.toMillis(), figures);
    assertTrue(median <= TIMES * Math.max(undisturbed, NOTHING_MILLIS), figures);
  }

  private void becomesOfItsDeliveriesWhatShould(
      long webhook, int deliveries, ChaosDatabase database) {
    Hostility hostility = hostile.get(webhook);
    if (hostility.takes()) {
      Wait.until(
          () -> hostility + ": " + database.look().only(webhook),
          SOON,
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
