package org.expmaster.host.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** What must arrive, and what has. Thread-safe. */
final class Tally {
  private final int count;
  private final Map<Long, SampleExperiment> expected = new LinkedHashMap<>();
  private final Set<Long> arrived = new HashSet<>();
  private final List<String> wrong = new ArrayList<>();

  Tally(int count) {
    this.count = count;
  }

  synchronized void expect(long id, SampleExperiment sample) {
    expected.put(id, sample);
    notifyAll();
  }

  /**
   * Which experiment a delivery is about, if it is one of ours. Waits while not all are known: a
   * delivery may be faster than the answer that tells the experiment's id.
   */
  synchronized Optional<SampleExperiment> about(Delivery delivery) throws InterruptedException {
    while (!expected.containsKey(delivery.experimentId()) && expected.size() < count) {
      wait();
    }
    return Optional.ofNullable(expected.get(delivery.experimentId()));
  }

  /**
   * Counts a delivery of one of ours.
   *
   * @param show told how many have arrived with this one, before anyone who waits for it goes on
   * @return whether it was the first of its experiment
   */
  synchronized boolean count(Delivery delivery, IntConsumer show) {
    long id = delivery.experimentId();
    String state = expected.get(id).endsAs();
    if (arrived.contains(id)) {
      return false;
    }
    if (!delivery.state().equals(state)) {
      wrong.add("experiment " + id + " is " + state + " and was delivered as " + delivery.state());
    }
    if (delivery.verified()) {
      arrived.add(id);
    } else {
      wrong.add("a delivery of experiment " + id + " had a wrong signature");
    }
    show.accept(arrived.size());
    notifyAll();
    return true;
  }

  /** Waits for all, and returns what is missing or wrong after all. */
  synchronized List<String> await(long seconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (arrived.size() < count && System.nanoTime() < deadline) {
      wait(100);
    }
    List<String> problems = new ArrayList<>(wrong);
    expected.forEach(
        (id, sample) -> {
          if (!arrived.contains(id)) {
            problems.add(
                "experiment %d \"%s\" %s has not arrived"
                    .formatted(id, sample.name(), sample.endsAs()));
          }
        });
    return problems;
  }
}
