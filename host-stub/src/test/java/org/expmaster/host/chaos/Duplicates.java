package org.expmaster.host.chaos;

import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.expmaster.host.chaos.Receipts.Receipt;

/** The receipts of events that had been received before. */
record Duplicates(List<Duplicate> all) {

  /** A duplicate, and the receipt before it. */
  record Duplicate(Receipt before, Receipt again) {}

  static Duplicates of(List<Receipt> receipts) {
    List<Duplicate> all = new ArrayList<>();
    for (List<Receipt> same : receipts.stream().collect(groupingBy(Receipt::eventId)).values()) {
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
   * Asserts that only deliveries in flight at an outage came again, and no more of them than may be
   * in flight at once: nobody could record that those had arrived.
   */
  void areOwedTo(List<Outage> outages, int underWay) {
    for (Duplicate duplicate : all) {
      assertTrue(
          outages.stream().anyMatch(outage -> isBetween(outage, duplicate)),
          () -> "nothing happened between " + duplicate.before() + " and " + duplicate.again());
    }
    assertTrue(
        count() <= outages.size() * underWay,
        () -> count() + " duplicates of " + outages.size() + " outages");
  }

  private static boolean isBetween(Outage outage, Duplicate duplicate) {
    return !duplicate.before().at().isAfter(outage.to())
        && !duplicate.again().at().isBefore(outage.from());
  }
}
