package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.expmaster.host.chaos.Fleet.Kill;
import org.expmaster.host.chaos.Receipts.Receipt;

/** The receipts of what had been received before. */
record Duplicates(List<Duplicate> all) {

  /** One, and the receipt before it. */
  record Duplicate(Receipt before, Receipt again) {}

  static Duplicates of(Map<Long, List<Receipt>> byExperiment) {
    List<Duplicate> all = new ArrayList<>();
    for (List<Receipt> same : byExperiment.values()) {
      List<Receipt> ordered = new ArrayList<>(same);
      ordered.sort(Comparator.comparing(Receipt::at));
      for (int i = 1; i < ordered.size(); i++) {
        all.add(new Duplicate(ordered.get(i - 1), ordered.get(i)));
      }
    }
    return new Duplicates(all);
  }

  int count() {
    return all.size();
  }

  /**
   * Only what was under way at a kill may come again, and of that no more than may be under way at
   * once: its master had no time left to record it.
   */
  void areOwedTo(List<Kill> kills, int maxInFlight) {
    for (Duplicate duplicate : all) {
      assertTrue(
          kills.stream().anyMatch(kill -> lies(kill, duplicate)),
          () -> "no master was killed between " + duplicate.before() + " and " + duplicate.again());
    }
    assertTrue(
        count() <= kills.size() * maxInFlight,
        () -> count() + " duplicates of " + kills.size() + " kills");
  }

  private static boolean lies(Kill kill, Duplicate duplicate) {
    return !duplicate.before().at().isAfter(kill.to())
        && !duplicate.again().at().isBefore(kill.from());
  }
}
