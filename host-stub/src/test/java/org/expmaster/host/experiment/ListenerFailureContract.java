package org.expmaster.host.experiment;

import static org.expmaster.host.experiment.StateChanges.note;
import static org.expmaster.plugin.model.ExperimentState.ACTIVE;
import static org.expmaster.plugin.model.ExperimentState.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.LogLines;
import org.expmaster.plugin.RepeatTransactionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is lost if a listener fails, and what is repeated, for every kind of database. */
abstract class ListenerFailureContract {
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
  void aListenerThatThrowsLosesWhatItWroteAndNothingElseIsLost() {
    List<String> tasks = new ArrayList<>();
    states.listen("a", (change, transaction) -> note(transaction, "a"));
    states.listen(
        "b",
        (change, transaction) -> {
          note(transaction, "b");
          transaction.afterCommit(() -> tasks.add("b"));
          throw new StackOverflowError("endless");
        });
    states.listen(
        "c",
        (change, transaction) -> {
          note(transaction, "c");
          transaction.afterCommit(() -> tasks.add("c"));
        });
    long id = states.experiment(ACTIVE);
    try (LogLines log = new LogLines()) {
      states.change(id, ACTIVE, RUNNING);
      assertEquals(1, log.with("plugin b: its listener failed").size());
    }
    assertEquals(List.of("a", "c"), states.notes());
    assertEquals(List.of("c"), tasks);
    assertEquals(RUNNING, states.stateOf(id));
    assertEquals(1, states.meters.counter("master.listener.failures", "plugin", "b").count());
  }

  @Test
  void aListenerThatHidesAnSqlErrorLosesAtMostItsOwn() {
    states.listen("a", (change, transaction) -> note(transaction, "a"));
    states.listen(
        "b",
        (change, transaction) -> {
          try (Statement statement = transaction.connection().createStatement()) {
            statement.execute("INSERT INTO no_such_table VALUES (1)");
          } catch (SQLException hidden) {
            // as a careless plugin would
          }
        });
    states.listen("c", (change, transaction) -> note(transaction, "c"));
    long id = states.experiment(ACTIVE);
    states.change(id, ACTIVE, RUNNING);
    assertEquals(List.of("a", "c"), states.notes());
    assertEquals(RUNNING, states.stateOf(id));
  }

  private static RepeatTransactionException again() {
    return new RepeatTransactionException("busy", new SQLException("again", "40001"));
  }

  @Test
  void aListenerThatAsksForItHasTheWholeChangeMadeAgain() {
    List<String> heard = new ArrayList<>();
    List<String> tasks = new ArrayList<>();
    states.listen("a", (change, transaction) -> note(transaction, "a"));
    states.listen(
        "b",
        (change, transaction) -> {
          heard.add(change.previous() + " -> " + change.experiment().state());
          note(transaction, "b");
          transaction.afterCommit(() -> tasks.add("b"));
          if (heard.size() < 3) {
            throw again();
          }
        });
    long id = states.experiment(ACTIVE);
    assertEquals(RUNNING, states.change(id, ACTIVE, RUNNING).orElseThrow().state());
    assertEquals(Collections.nCopies(3, "ACTIVE -> RUNNING"), heard);
    assertEquals(List.of("a", "b"), states.notes());
    assertEquals(List.of("b"), tasks);
    assertEquals(0, states.meters.counter("master.listener.failures", "plugin", "b").count());
    assertEquals(2, states.meters.counter("master.listener.repeats", "plugin", "b").count());
  }

  @Test
  void aListenerThatNeverStopsAskingFailsAtTheLastTryAndTheChangeIsMade() {
    states.listen("a", (change, transaction) -> note(transaction, "a"));
    states.listen(
        "b",
        (change, transaction) -> {
          note(transaction, "b");
          throw again();
        });
    long id = states.experiment(ACTIVE);
    try (LogLines log = new LogLines()) {
      states.change(id, ACTIVE, RUNNING);
      assertEquals(1, log.with("plugin b: its listener failed at experiment " + id).size());
    }
    assertEquals(RUNNING, states.stateOf(id));
    assertEquals(List.of("a"), states.notes());
    assertEquals(1, states.meters.counter("master.listener.failures", "plugin", "b").count());
  }

  @Test
  void whatTheDatabaseRefusesForTheMomentIsRepeatedEvenIfTheListenerDoesNotAskForIt() {
    List<String> heard = new ArrayList<>();
    states.listen(
        "a",
        (change, transaction) -> {
          heard.add("told");
          note(transaction, "a");
          if (heard.size() < 2) {
            throw new SQLException("deadlock detected", "40P01");
          }
        });
    long id = states.experiment(ACTIVE);
    states.change(id, ACTIVE, RUNNING);
    assertEquals(2, heard.size());
    assertEquals(List.of("a"), states.notes());
  }

  @Test
  void whatConcernsTheWholeProcessUndoesTheChange() {
    List<String> tasks = new ArrayList<>();
    states.listen(
        "a",
        (change, transaction) -> {
          note(transaction, "a");
          transaction.afterCommit(() -> tasks.add("a"));
        });
    states.listen(
        "b",
        (change, transaction) -> {
          throw new OutOfMemoryError("not really");
        });
    long id = states.experiment(ACTIVE);
    assertThrows(OutOfMemoryError.class, () -> states.change(id, ACTIVE, RUNNING));
    assertEquals(List.of(), states.notes());
    assertEquals(List.of(), tasks);
    assertEquals(ACTIVE, states.stateOf(id));
  }
}
