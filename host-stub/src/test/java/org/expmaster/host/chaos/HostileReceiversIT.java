package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.expmaster.host.chaos.Receipts.Receipt;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Vitals;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** One good receiver beside one of every bad kind, all told of every end. */
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

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Map<Long, HostileReceiver> hostile = new LinkedHashMap<>();

  @AfterEach
  void close() throws Exception {
    for (HostileReceiver receiver : hostile.values()) {
      receiver.close();
    }
  }

  @Test
  void hostileOnesHarmThemselvesAlone() throws Exception {
    String name = "hostile receivers";
    Random dice = Chaos.dice(name);
    ChaosDatabase database = ChaosDatabase.Kind.SQLITE.create(directory);
    try (Receipts receipts = Receipts.start();
        Fleet fleet = Fleet.start(1, directory, database, SETTINGS);
        Load load = new Load(fleet::anyone, new Random(dice.nextLong()))) {
      Api admin = fleet.admin(0);
      receipts.subscribe(fleet);
      Checkup checkup = Checkup.of(fleet, database, receipts);
      for (Hostility hostility : Hostility.values()) {
        HostileReceiver receiver = new HostileReceiver(hostility);
        hostile.put(Receipts.subscribe(admin, receiver.url()), receiver);
      }
      Promise promise = new Promise(receipts, load);

      load.more(Chaos.scale(150, 1000));
      load.awaitMade(Duration.ofMinutes(5));
      promise.isKeptIn(database, SOON);
      assertEquals(0, promise.tally(name).count(), "duplicates");
      assertPrompt(name, database.look(), receipts.all());
      for (long webhook : hostile.keySet()) {
        becomesOfItsDeliveriesWhatShould(webhook, database);
      }
      onlyThoseThatTakeNothingAreFailing(admin);

      long megabytes = Vitals.of(fleet.member(0).process().pid()).peakMegabytes();
      assertTrue(megabytes < MEGABYTES, megabytes + " MB");
      close();
      receipts.close();
      checkup.holdsAgain();
    }
  }

  private static void assertPrompt(String name, DatabaseView view, List<Receipt> told) {
    List<Long> millis = told.stream().map(receipt -> millis(view, receipt)).sorted().toList();
    long median = millis.get(millis.size() / 2);
    long last = millis.get(millis.size() - 1);
    Chaos.say(name, "the good one was told after " + median + " ms, and at worst " + last + " ms");
    assertTrue(last < PROMPT.toMillis(), last + " ms");
  }

  private static long millis(DatabaseView view, Receipt receipt) {
    Instant end = view.ends().get(receipt.experimentId());
    return Duration.between(end, receipt.at()).toMillis();
  }

  private void becomesOfItsDeliveriesWhatShould(long webhook, ChaosDatabase database) {
    Hostility hostility = hostile.get(webhook).hostility();
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
    assertEquals(view.ended().size(), view.count("DEAD") + view.count("WAITING"), hostility::name);
    assertTrue(view.count("DEAD") < view.count("WAITING"), () -> hostility + " is spared");
  }

  private void onlyThoseThatTakeNothingAreFailing(Api admin) {
    for (JsonNode webhook : admin.get("/api/v1/webhooks").ok().get("webhooks")) {
      HostileReceiver receiver = hostile.get(webhook.get("id").asLong());
      boolean failing = !webhook.at("/health/failingSince").isNull();
      assertEquals(receiver != null && !receiver.hostility().takes(), failing, webhook::toString);
    }
  }
}
