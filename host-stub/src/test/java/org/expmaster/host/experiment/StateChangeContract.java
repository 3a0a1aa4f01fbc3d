package org.expmaster.host.experiment;

import static org.expmaster.plugin.model.ExperimentState.ACTIVE;
import static org.expmaster.plugin.model.ExperimentState.COMPLETED;
import static org.expmaster.plugin.model.ExperimentState.ERROR;
import static org.expmaster.plugin.model.ExperimentState.PAUSED;
import static org.expmaster.plugin.model.ExperimentState.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.config.Jobs;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.ExperimentStateChange;
import org.expmaster.plugin.model.Ref;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a state change guarantees, for every kind of database. */
abstract class StateChangeContract {
  private StateChanges states;

  abstract DbSettings newDatabase() throws Exception;

  @BeforeEach
  void open() throws Exception {
    states = new StateChanges(newDatabase());
  }

  @AfterEach
  void close() {
    states.close();
  }

  @Test
  void aListenerSeesTheExperimentAsItIsAfterTheChange() {
    List<ExperimentStateChange> heard = new ArrayList<>();
    states.listen("a", (change, transaction) -> heard.add(change));
    long id = states.experiment(RUNNING);
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Optional<Experiment> changed = states.change(id, RUNNING, ERROR);

    ExperimentStateChange change = heard.get(0);
    assertEquals(RUNNING, change.previous());
    assertEquals(changed.orElseThrow(), change.experiment());
    assertEquals(Optional.of(change.at()), change.experiment().endTime());
    assertTrue(!change.at().isBefore(before));
    assertEquals(new Ref(1, "Uncategorized"), change.experiment().workspace());
    assertEquals(new Ref(1, "Uncategorized"), change.experiment().project());
    assertEquals("a <b>", change.experiment().name());
    assertEquals("gpu", change.experiment().resourcePool());
    assertEquals(3, change.experiment().slots());
    // a later read returns what the listener received
    assertEquals(states.store.find(id), changed);
  }

  @Test
  void aConfigIsTheOneThatWasWrittenHoweverOdd() {
    String yaml =
        """
        name: "\\ud83d\\ude80 <b>&'\\" \\u202e"
        nested: %s
        number: %s
        others: [0x1F, 1.5, .inf, ~, true, no, 2026-01-01]
        """
            .formatted("[".repeat(90) + "]".repeat(90), "9".repeat(2000));
    ExperimentSpec spec = ExperimentSpec.of(yaml, Jobs.SIMULATED);
    long id = states.store.add(spec, 1, 1, ACTIVE, Instant.now());
    Experiment found = states.change(id, ACTIVE, RUNNING).orElseThrow();
    assertEquals(spec.name(), found.name());
    assertEquals(spec.config().get("nested"), found.config().get("nested"));
    assertEquals(new BigInteger("9".repeat(2000)), found.config().get("number"));
    assertEquals(
        Arrays.asList(31, 1.5, "Infinity", null, true, "no", "2026-01-01"),
        found.config().get("others"));
  }

  @Test
  void aChangeFromAStateItIsNotInIsNoneAndNobodyIsTold() {
    List<ExperimentStateChange> heard = new ArrayList<>();
    states.listen("a", (change, transaction) -> heard.add(change));
    long id = states.experiment(COMPLETED);
    assertEquals(Optional.empty(), states.change(id, RUNNING, ERROR));
    assertEquals(Optional.empty(), states.change(id + 1, RUNNING, ERROR));
    assertEquals(List.of(), heard);
    assertEquals(COMPLETED, states.stateOf(id));
  }

  @Test
  void ofManyWhoEndItExactlyOneDoes() throws Exception {
    List<ExperimentState> heard = new CopyOnWriteArrayList<>();
    states.listen("a", (change, transaction) -> heard.add(change.experiment().state()));
    long id = states.experiment(RUNNING);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Optional<Experiment>>> ends = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ExperimentState end = i % 2 == 0 ? COMPLETED : ERROR;
      ends.add(threads.submit(() -> states.change(id, RUNNING, end)));
    }
    int ended = 0;
    for (Future<Optional<Experiment>> end : ends) {
      ended += end.get().isPresent() ? 1 : 0;
    }
    threads.shutdown();
    assertEquals(1, ended);
    assertEquals(List.of(states.stateOf(id)), heard);
  }

  @Test
  void theCallsForOneExperimentComeInOrder() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    states.listen(
        "a", (change, t) -> heard.add(change.previous() + ">" + change.experiment().state()));
    long id = states.experiment(PAUSED);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      done.add(
          threads.submit(
              () -> {
                for (int n = 0; n < 50; n++) {
                  states.change(id, PAUSED, ACTIVE);
                  states.change(id, ACTIVE, PAUSED);
                }
              }));
    }
    for (Future<?> one : done) {
      one.get();
    }
    threads.shutdown();
    for (int i = 0; i < heard.size(); i++) {
      assertEquals(i % 2 == 0 ? "PAUSED>ACTIVE" : "ACTIVE>PAUSED", heard.get(i), "call " + i);
    }
    assertTrue(heard.size() >= 100, "calls: " + heard.size());
  }
}
