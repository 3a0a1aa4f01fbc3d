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

/** Tracks expected deliveries and those that have arrived. Thread-safe. */
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
   * Returns the experiment of a delivery, or empty if it is not one of the demo's. Waits while not
   * all experiments are known: a delivery may overtake the response with the experiment's id.
   */
  synchronized Optional<SampleExperiment> about(Delivery delivery) throws InterruptedException {
    while (!expected.containsKey(delivery.experimentId()) && expected.size() < count) {
      wait();
    }
    return Optional.ofNullable(expected.get(delivery.experimentId()));
  }

  /**
   * Counts a delivery of a demo experiment.
   *
   * @param show called with the number delivered so far, before waiting threads go on
   * @return whether it was the first delivery of its experiment
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

  /** Waits for all deliveries, and returns what is missing or wrong. */
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
