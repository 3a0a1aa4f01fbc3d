package org.expmaster.host.experiment;

import static org.expmaster.plugin.model.ExperimentState.ACTIVE;
import static org.expmaster.plugin.model.ExperimentState.CANCELED;
import static org.expmaster.plugin.model.ExperimentState.COMPLETED;
import static org.expmaster.plugin.model.ExperimentState.ERROR;
import static org.expmaster.plugin.model.ExperimentState.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.expmaster.host.config.DbSettings;
import org.expmaster.plugin.model.ExperimentEnd;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.ExperimentStateChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What plugins can ask about ends, for every kind of database. */
abstract class EndsContract {
  private StateChanges states;

  abstract DbSettings newDatabase() throws Exception;

  /** Returns the statement that explains how the database runs a query. */
  abstract String explain(String query);

  @BeforeEach
  void open() throws Exception {
    states = new StateChanges(newDatabase());
  }

  @AfterEach
  void close() {
    states.close();
  }

  @Test
  void everyEndIsOnOnePageInOrderWithTheTimeThatListenersGot() {
    List<ExperimentStateChange> heard = new ArrayList<>();
    states.listen("a", (change, transaction) -> heard.add(change));
    List<ExperimentState> ends = List.of(COMPLETED, ERROR, CANCELED, ERROR, COMPLETED);
    ends.forEach(to -> states.change(states.experiment(RUNNING), RUNNING, to));
    states.change(states.experiment(ACTIVE), ACTIVE, RUNNING);

    List<ExperimentEnd> found = new ArrayList<>();
    List<ExperimentEnd> page = states.store.ends(Instant.EPOCH, 0, 2);
    while (!page.isEmpty()) {
      found.addAll(page);
      ExperimentEnd last = page.get(page.size() - 1);
      page = states.store.ends(last.at(), last.experimentId(), 2);
    }
    assertEquals(
        heard.stream()
            .filter(change -> change.experiment().state().isFinal())
            .map(
                change ->
                    new ExperimentEnd(
                        change.experiment().id(), change.experiment().state(), change.at()))
            .sorted(
                Comparator.comparing(ExperimentEnd::at).thenComparing(ExperimentEnd::experimentId))
            .toList(),
        found);
    ExperimentEnd last = found.get(4);
    assertEquals(List.of(last), states.store.ends(last.at(), last.experimentId() - 1, 9));
    assertEquals(
        List.of(states.store.find(last.experimentId()).orElseThrow()),
        states.store.find(List.of(last.experimentId(), 999L)));
  }

  @Test
  void anEndAtWhichAListenerFailedIsAmongThem() {
    states.listen(
        "a",
        (change, transaction) -> {
          throw new IllegalStateException("boom");
        });
    long id = states.experiment(RUNNING);
    states.change(id, RUNNING, ERROR);
    assertEquals(
        List.of(id),
        states.store.ends(Instant.EPOCH, 0, 9).stream().map(ExperimentEnd::experimentId).toList());
  }

  @Test
  void aPageIsFoundByAnIndex() {
    String plan =
        states.plan(
            explain(
                ExperimentStore.ENDS
                    .replace(":afterId", "7")
                    .replace(":at", "8")
                    .replace(":limit", "9")));
    assertTrue(plan.contains("experiments_ended"), plan);
  }
}
