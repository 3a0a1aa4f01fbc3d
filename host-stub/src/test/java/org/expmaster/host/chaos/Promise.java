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
 * What is promised, held against what a database holds and what was received.
 *
 * @param receipts of the one webhook that is looked at
 * @param load who has seen experiments end
 */
record Promise(Receipts receipts, Load load) {

  /**
   * What holds at any moment: an experiment that has ended has its delivery, one that has not has
   * none, and nobody has been told anything else.
   */
  void holdsIn(ChaosDatabase database) {
    // in this order: what was seen or told is in a database that is looked into later
    Set<Long> acknowledged = load.acknowledged();
    List<Receipt> told = receipts.all();
    holds(look(database), told, acknowledged);
  }

  /** What holds in the end: all have ended, and everyone of them was told of. */
  void isKeptIn(ChaosDatabase database, Duration within) {
    Wait.until("all have ended, and nothing waits", within, () -> look(database).isSettled());
    holdsIn(database);
    DatabaseView view = look(database);
    assertNone("lost", minus(view.ended(), experiments(receipts.all())));
    assertEquals(view.rows().size(), view.count("DELIVERED"), "recorded as delivered");
  }

  /** Says how often was told what, and returns what was told more than once. */
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
