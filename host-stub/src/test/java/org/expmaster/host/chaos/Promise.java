package org.expmaster.host.chaos;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.expmaster.host.chaos.DatabaseView.Row;
import org.expmaster.host.chaos.Receipts.Receipt;
import org.expmaster.host.testing.Wait;

/**
 * The delivery guarantee, checked against the contents of a database and the receipts.
 *
 * @param receipts the receipts of the webhook under test
 * @param load the load, which has seen experiments end
 */
record Promise(Receipts receipts, Load load) {

  /**
   * Checks what holds at any moment: an experiment that has ended has its delivery, any other has
   * none, and nothing else has been received.
   */
  void holdsIn(ChaosDatabase database) {
    // in this order: what was seen or received is in the database that is read afterwards
    Set<Long> acknowledged = load.acknowledged();
    List<Receipt> told = receipts.all();
    holds(look(database), told, acknowledged);
  }

  /** Checks what holds in the end: all experiments have ended, and each was delivered. */
  void isKeptIn(ChaosDatabase database, Duration within) {
    Wait.until("all have ended, and nothing waits", within, () -> look(database).isSettled());
    holdsIn(database);
    DatabaseView view = look(database);
    assertNone("lost", minus(view.ended(), experiments(receipts.all())));
    assertEquals(view.rows().size(), view.count("DELIVERED"), "recorded as delivered");
  }

  /** Prints how many experiments and deliveries there were, and returns the duplicates. */
  Duplicates tally(String test) {
    List<Receipt> told = receipts.all();
    Duplicates duplicates = Duplicates.of(told);
    int experiments = experiments(told).size();
    Chaos.say(
        test,
        "%d experiments, %d deliveries, %d of them duplicates"
            .formatted(experiments, told.size(), duplicates.count()));
    return duplicates;
  }

  private static void holds(DatabaseView view, List<Receipt> told, Set<Long> acknowledged) {
    Set<Long> ended = view.ended();
    assertNone("seen as ended, and not so in the database", minus(acknowledged, ended));
    assertNone("told of, and not ended in the database", minus(experiments(told), ended));

    Map<Long, List<Row>> rows = view.rowsByExperiment();
    assertNone("not ended, and with a delivery", minus(rows.keySet(), ended));
    assertNone(
        "ended without exactly one delivery",
        ended.stream().filter(id -> rows.getOrDefault(id, List.of()).size() != 1).collect(toSet()));
    for (Receipt receipt : told) {
      long id = receipt.experimentId();
      assertEquals(view.states().get(id), receipt.state(), "what was told of experiment " + id);
      String event = rows.get(id).get(0).eventId();
      assertEquals(event, receipt.eventId(), "the event told of experiment " + id);
    }
  }

  private DatabaseView look(ChaosDatabase database) {
    return database.look().only(receipts.webhook());
  }

  private static Set<Long> experiments(List<Receipt> told) {
    return told.stream().map(Receipt::experimentId).collect(toSet());
  }

  private static Set<Long> minus(Set<Long> from, Set<Long> what) {
    Set<Long> rest = new HashSet<>(from);
    rest.removeAll(what);
    return rest;
  }

  private static void assertNone(String what, Set<Long> experiments) {
    assertEquals(Set.of(), experiments, what);
  }
}
