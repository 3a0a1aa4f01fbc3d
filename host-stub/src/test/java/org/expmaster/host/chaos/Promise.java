package org.expmaster.host.chaos;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.expmaster.host.chaos.DatabaseView.Row;
import org.expmaster.host.chaos.Receipts.Receipt;

/** What is promised, held against what a database holds and what was received. */
final class Promise {
  private Promise() {}

  /**
   * What holds at any moment: an experiment that has ended has its delivery, one that has not has
   * none, and nobody has been told anything else.
   *
   * @param receipts what was received before the database was looked into
   * @param acknowledged experiments that were seen to have ended before that
   */
  static void holds(DatabaseView view, List<Receipt> receipts, Set<Long> acknowledged) {
    Set<Long> ended = view.ended();
    assertNone("seen as ended, and not so in the database", minus(acknowledged, ended));
    assertNone("told of, and not ended in the database", minus(told(receipts), ended));

    Map<Long, List<Row>> rows = view.rowsByExperiment();
    assertNone("not ended, and with a delivery", minus(rows.keySet(), ended));
    assertNone(
        "ended without exactly one delivery",
        ended.stream().filter(id -> rows.getOrDefault(id, List.of()).size() != 1).collect(toSet()));
    for (Receipt receipt : receipts) {
      long id = receipt.experimentId();
      assertEquals(view.states().get(id), receipt.state(), "what was told of experiment " + id);
      String event = rows.get(id).get(0).eventId();
      assertEquals(event, receipt.eventId(), "the event told of experiment " + id);
    }
  }

  /** What holds in the end: all have ended, and everyone of them was told of. */
  static void kept(DatabaseView view, List<Receipt> receipts, Set<Long> acknowledged) {
    holds(view, receipts, acknowledged);
    assertNone("never ended", minus(view.states().keySet(), view.ended()));
    assertNone("lost", minus(view.ended(), told(receipts)));
    assertEquals(view.rows().size(), view.count("DELIVERED"), "recorded as delivered");
  }

  private static Set<Long> told(List<Receipt> receipts) {
    return receipts.stream().map(Receipt::experimentId).collect(toSet());
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
