package org.expmaster.host.experiment;

import static org.expmaster.host.experiment.StateChanges.note;
import static org.expmaster.plugin.model.ExperimentState.ACTIVE;
import static org.expmaster.plugin.model.ExperimentState.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.testing.LogLines;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a listener may do in the transaction of a change, for every kind of database. */
abstract class ListenerTransactionContract {
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
  void aListenerReadsAnExperimentAsTheTransactionHasIt() {
    long id = states.experiment(ACTIVE);
    List<Optional<Experiment>> read = new ArrayList<>();
    states.listen(
        "reader",
        (change, transaction) -> {
          read.add(transaction.experiment(id));
          read.add(transaction.experiment(id + 1));
        });
    Experiment changed = states.change(id, ACTIVE, RUNNING).orElseThrow();
    assertEquals(List.of(Optional.of(changed), Optional.empty()), read);
  }

  @Test
  void whatAListenerWritesCommitsWithTheChange() {
    states.listen("a", (change, transaction) -> note(transaction, "a"));
    long id = states.experiment(ACTIVE);
    states.change(id, ACTIVE, RUNNING);
    assertEquals(List.of("a"), states.notes());
    assertEquals(RUNNING, states.stateOf(id));
  }

  @Test
  void tasksRunOnceTheChangeIsToBeSeenAndOneThatThrowsKeepsNoOtherFromIt() {
    long id = states.experiment(ACTIVE);
    List<ExperimentState> seen = new ArrayList<>();
    states.listen(
        "a",
        (change, transaction) -> {
          transaction.afterCommit(
              () -> {
                throw new AssertionError("after-boom");
              });
          // needs a connection: SQLite's pool has one only if ours has been returned
          transaction.afterCommit(() -> seen.add(states.stateOf(id)));
        });
    try (LogLines log = new LogLines()) {
      states.change(id, ACTIVE, RUNNING);
      assertEquals(1, log.with("after-boom").size());
    }
    assertEquals(List.of(RUNNING), seen);
  }

  private interface Misuse {
    void on(Connection connection) throws SQLException;
  }

  @Test
  void theConnectionRefusesToEndTheTransaction() {
    List<Misuse> misuses =
        List.of(
            Connection::commit,
            Connection::rollback,
            Connection::close,
            connection -> connection.setAutoCommit(true),
            connection -> connection.setAutoCommit(false),
            connection -> connection.abort(Runnable::run),
            connection -> connection.unwrap(Connection.class).commit(),
            connection -> connection.getMetaData().getConnection().commit(),
            connection -> connection.createStatement().getConnection().rollback(),
            connection -> connection.prepareStatement("SELECT 1").getConnection().close());
    List<String> refused = new ArrayList<>();
    states.listen(
        "a",
        (change, transaction) -> {
          note(transaction, "a");
          for (Misuse misuse : misuses) {
            SQLException refusal =
                assertThrows(SQLException.class, () -> misuse.on(transaction.connection()));
            refused.add(refusal.getMessage());
          }
        });
    long id = states.experiment(ACTIVE);
    states.change(id, ACTIVE, RUNNING);
    assertEquals(misuses.size(), refused.size());
    assertTrue(refused.stream().allMatch(text -> text.contains("is refused")), refused.toString());
    assertEquals(List.of("a"), states.notes());
  }

  @Test
  void aListenerMayGoBackToASavepointOfItsOwn() {
    states.listen(
        "a",
        (change, transaction) -> {
          note(transaction, "kept");
          Savepoint savepoint = transaction.connection().setSavepoint();
          note(transaction, "undone");
          transaction.connection().rollback(savepoint);
        });
    states.change(states.experiment(ACTIVE), ACTIVE, RUNNING);
    assertEquals(List.of("kept"), states.notes());
  }

  @Test
  void theTransactionIsWorthNothingOnceTheListenerHasReturned() {
    List<MasterTransaction> kept = new ArrayList<>();
    List<Connection> connections = new ArrayList<>();
    states.listen(
        "a",
        (change, transaction) -> {
          kept.add(transaction);
          connections.add(transaction.connection());
        });
    states.change(states.experiment(ACTIVE), ACTIVE, RUNNING);
    assertThrows(IllegalStateException.class, () -> kept.get(0).connection());
    assertThrows(IllegalStateException.class, () -> kept.get(0).afterCommit(() -> {}));
    assertThrows(SQLException.class, () -> connections.get(0).createStatement().close());
  }
}
