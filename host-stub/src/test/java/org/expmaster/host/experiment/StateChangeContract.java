package org.expmaster.host.experiment;

import static org.expmaster.plugin.model.ExperimentState.ACTIVE;
import static org.expmaster.plugin.model.ExperimentState.COMPLETED;
import static org.expmaster.plugin.model.ExperimentState.ERROR;
import static org.expmaster.plugin.model.ExperimentState.PAUSED;
import static org.expmaster.plugin.model.ExperimentState.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.db.Database;
import org.expmaster.host.listener.ListenerCalls;
import org.expmaster.host.listener.NamedListener;
import org.expmaster.host.testing.LogLines;
import org.expmaster.host.testing.TestDatabase;
import org.expmaster.plugin.ExperimentLifecycleListener;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.RepeatTransactionException;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.ExperimentStateChange;
import org.expmaster.plugin.model.Ref;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a state change guarantees, for every kind of database. */
abstract class StateChangeContract {
  private final List<NamedListener<ExperimentLifecycleListener>> listeners =
      new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Database database;
  private ExperimentStore store;
  private StateChanger changer;

  abstract DbSettings newDatabase() throws Exception;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.open(newDatabase());
    database.jdbi().useHandle(handle -> handle.execute("CREATE TABLE notes (note TEXT)"));
    store = new ExperimentStore(database.jdbi());
    changer =
        new StateChanger(
            database.jdbi(),
            new ListenerCalls<>(() -> listeners, ExperimentStore::find, meters),
            Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long experiment(ExperimentState state) {
    ExperimentSpec spec =
        ExperimentSpec.of("name: a <b>\nresources: {slots_per_trial: 3, resource_pool: gpu}\n");
    return store.add(spec, 1, 1, state, Instant.now());
  }

  private interface Listening {
    void stateChanged(ExperimentStateChange change, MasterTransaction transaction)
        throws SQLException;
  }

  private void listen(String plugin, Listening what) {
    ExperimentLifecycleListener listener =
        new ExperimentLifecycleListener() {
          @Override
          public void stateChanged(ExperimentStateChange change, MasterTransaction transaction) {
            try {
              what.stateChanged(change, transaction);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    listeners.add(new NamedListener<>(plugin, listener));
  }

  private static void note(MasterTransaction transaction, String text) throws SQLException {
    try (var insert =
        transaction.connection().prepareStatement("INSERT INTO notes (note) VALUES (?)")) {
      insert.setString(1, text);
      insert.executeUpdate();
    }
  }

  private List<String> notes() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT note FROM notes ORDER BY note")
                    .mapTo(String.class)
                    .list());
  }

  private ExperimentState stateOf(long id) {
    return store.find(id).orElseThrow().state();
  }

  @Test
  void aListenerReadsAnExperimentAsTheTransactionHasIt() {
    long id = experiment(ExperimentState.ACTIVE);
    List<Optional<Experiment>> read = new ArrayList<>();
    listen(
        "reader",
        (change, transaction) -> {
          read.add(transaction.experiment(id));
          read.add(transaction.experiment(id + 1));
        });
    Experiment changed =
        changer.change(id, ExperimentState.ACTIVE, ExperimentState.RUNNING).orElseThrow();
    assertEquals(List.of(Optional.of(changed), Optional.empty()), read);
  }

  @Test
  void aListenerSeesTheExperimentAsItIsAfterTheChange() {
    List<ExperimentStateChange> heard = new ArrayList<>();
    listen("a", (change, transaction) -> heard.add(change));
    long id = experiment(RUNNING);
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Optional<Experiment> changed = changer.change(id, RUNNING, ERROR);

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
    assertEquals(store.find(id), changed);
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
    ExperimentSpec spec = ExperimentSpec.of(yaml);
    long id = store.add(spec, 1, 1, ACTIVE, Instant.now());
    Experiment found = changer.change(id, ACTIVE, RUNNING).orElseThrow();
    assertEquals(spec.name(), found.name());
    assertEquals(spec.config().get("nested"), found.config().get("nested"));
    assertEquals(new BigInteger("9".repeat(2000)), found.config().get("number"));
    assertEquals(
        Arrays.asList(31, 1.5, "Infinity", null, true, "no", "2026-01-01"),
        found.config().get("others"));
  }

  @Test
  void whatAListenerWritesCommitsWithTheChange() {
    listen("a", (change, transaction) -> note(transaction, "a"));
    long id = experiment(ACTIVE);
    changer.change(id, ACTIVE, RUNNING);
    assertEquals(List.of("a"), notes());
    assertEquals(RUNNING, stateOf(id));
  }

  @Test
  void aListenerThatThrowsLosesWhatItWroteAndNothingElseIsLost() {
    List<String> tasks = new ArrayList<>();
    listen("a", (change, transaction) -> note(transaction, "a"));
    listen(
        "b",
        (change, transaction) -> {
          note(transaction, "b");
          transaction.afterCommit(() -> tasks.add("b"));
          throw new StackOverflowError("endless");
        });
    listen(
        "c",
        (change, transaction) -> {
          note(transaction, "c");
          transaction.afterCommit(() -> tasks.add("c"));
        });
    long id = experiment(ACTIVE);
    try (LogLines log = new LogLines()) {
      changer.change(id, ACTIVE, RUNNING);
      assertEquals(1, log.with("plugin b: its listener failed").size());
    }
    assertEquals(List.of("a", "c"), notes());
    assertEquals(List.of("c"), tasks);
    assertEquals(RUNNING, stateOf(id));
    assertEquals(1, meters.counter("master.listener.failures", "plugin", "b").count());
  }

  @Test
  void aListenerThatHidesAnSqlErrorLosesAtMostItsOwn() {
    listen("a", (change, transaction) -> note(transaction, "a"));
    listen(
        "b",
        (change, transaction) -> {
          try (Statement statement = transaction.connection().createStatement()) {
            statement.execute("INSERT INTO no_such_table VALUES (1)");
          } catch (SQLException hidden) {
            // as a careless plugin would
          }
        });
    listen("c", (change, transaction) -> note(transaction, "c"));
    long id = experiment(ACTIVE);
    changer.change(id, ACTIVE, RUNNING);
    assertEquals(List.of("a", "c"), notes());
    assertEquals(RUNNING, stateOf(id));
  }

  private static RepeatTransactionException again() {
    return new RepeatTransactionException("busy", new SQLException("again", "40001"));
  }

  @Test
  void aListenerThatAsksForItHasTheWholeChangeMadeAgain() {
    List<String> heard = new ArrayList<>();
    List<String> tasks = new ArrayList<>();
    listen("a", (change, transaction) -> note(transaction, "a"));
    listen(
        "b",
        (change, transaction) -> {
          heard.add(change.previous() + " -> " + change.experiment().state());
          note(transaction, "b");
          transaction.afterCommit(() -> tasks.add("b"));
          if (heard.size() < 3) {
            throw again();
          }
        });
    long id = experiment(ACTIVE);
    assertEquals(RUNNING, changer.change(id, ACTIVE, RUNNING).orElseThrow().state());
    assertEquals(Collections.nCopies(3, "ACTIVE -> RUNNING"), heard);
    assertEquals(List.of("a", "b"), notes());
    assertEquals(List.of("b"), tasks);
    assertEquals(0, meters.counter("master.listener.failures", "plugin", "b").count());
    assertEquals(2, meters.counter("master.listener.repeats", "plugin", "b").count());
  }

  @Test
  void aListenerThatNeverStopsAskingFailsAtTheLastTryAndTheChangeIsMade() {
    listen("a", (change, transaction) -> note(transaction, "a"));
    listen(
        "b",
        (change, transaction) -> {
          note(transaction, "b");
          throw again();
        });
    long id = experiment(ACTIVE);
    try (LogLines log = new LogLines()) {
      changer.change(id, ACTIVE, RUNNING);
      assertEquals(1, log.with("plugin b: its listener failed at experiment " + id).size());
    }
    assertEquals(RUNNING, stateOf(id));
    assertEquals(List.of("a"), notes());
    assertEquals(1, meters.counter("master.listener.failures", "plugin", "b").count());
  }

  @Test
  void whatTheDatabaseRefusesForTheMomentIsRepeatedEvenIfTheListenerDoesNotAskForIt() {
    List<String> heard = new ArrayList<>();
    listen(
        "a",
        (change, transaction) -> {
          heard.add("told");
          note(transaction, "a");
          if (heard.size() < 2) {
            throw new SQLException("deadlock detected", "40P01");
          }
        });
    long id = experiment(ACTIVE);
    changer.change(id, ACTIVE, RUNNING);
    assertEquals(2, heard.size());
    assertEquals(List.of("a"), notes());
  }

  @Test
  void whatConcernsTheWholeProcessUndoesTheChange() {
    List<String> tasks = new ArrayList<>();
    listen(
        "a",
        (change, transaction) -> {
          note(transaction, "a");
          transaction.afterCommit(() -> tasks.add("a"));
        });
    listen(
        "b",
        (change, transaction) -> {
          throw new OutOfMemoryError("not really");
        });
    long id = experiment(ACTIVE);
    assertThrows(OutOfMemoryError.class, () -> changer.change(id, ACTIVE, RUNNING));
    assertEquals(List.of(), notes());
    assertEquals(List.of(), tasks);
    assertEquals(ACTIVE, stateOf(id));
  }

  @Test
  void tasksRunOnceTheChangeIsToBeSeenAndOneThatThrowsKeepsNoOtherFromIt() {
    long id = experiment(ACTIVE);
    List<ExperimentState> seen = new ArrayList<>();
    listen(
        "a",
        (change, transaction) -> {
          transaction.afterCommit(
              () -> {
                throw new AssertionError("after-boom");
              });
          // needs a connection: SQLite's pool has one only if ours has been returned
          transaction.afterCommit(() -> seen.add(stateOf(id)));
        });
    try (LogLines log = new LogLines()) {
      changer.change(id, ACTIVE, RUNNING);
      assertEquals(1, log.with("after-boom").size());
    }
    assertEquals(List.of(RUNNING), seen);
  }

  @Test
  void aChangeFromAStateItIsNotInIsNoneAndNobodyIsTold() {
    List<ExperimentStateChange> heard = new ArrayList<>();
    listen("a", (change, transaction) -> heard.add(change));
    long id = experiment(COMPLETED);
    assertEquals(Optional.empty(), changer.change(id, RUNNING, ERROR));
    assertEquals(Optional.empty(), changer.change(id + 1, RUNNING, ERROR));
    assertEquals(List.of(), heard);
    assertEquals(COMPLETED, stateOf(id));
  }

  @Test
  void ofManyWhoEndItExactlyOneDoes() throws Exception {
    List<ExperimentState> heard = new CopyOnWriteArrayList<>();
    listen("a", (change, transaction) -> heard.add(change.experiment().state()));
    long id = experiment(RUNNING);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Optional<Experiment>>> ends = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ExperimentState end = i % 2 == 0 ? COMPLETED : ERROR;
      ends.add(threads.submit(() -> changer.change(id, RUNNING, end)));
    }
    int ended = 0;
    for (Future<Optional<Experiment>> end : ends) {
      ended += end.get().isPresent() ? 1 : 0;
    }
    threads.shutdown();
    assertEquals(1, ended);
    assertEquals(List.of(stateOf(id)), heard);
  }

  @Test
  void theCallsForOneExperimentComeInOrder() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    listen("a", (change, t) -> heard.add(change.previous() + ">" + change.experiment().state()));
    long id = experiment(PAUSED);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      done.add(
          threads.submit(
              () -> {
                for (int n = 0; n < 50; n++) {
                  changer.change(id, PAUSED, ACTIVE);
                  changer.change(id, ACTIVE, PAUSED);
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
    listen(
        "a",
        (change, transaction) -> {
          note(transaction, "a");
          for (Misuse misuse : misuses) {
            SQLException refusal =
                assertThrows(SQLException.class, () -> misuse.on(transaction.connection()));
            refused.add(refusal.getMessage());
          }
        });
    long id = experiment(ACTIVE);
    changer.change(id, ACTIVE, RUNNING);
    assertEquals(misuses.size(), refused.size());
    assertTrue(refused.stream().allMatch(text -> text.contains("is refused")), refused.toString());
    assertEquals(List.of("a"), notes());
  }

  @Test
  void aListenerMayGoBackToASavepointOfItsOwn() {
    listen(
        "a",
        (change, transaction) -> {
          note(transaction, "kept");
          Savepoint savepoint = transaction.connection().setSavepoint();
          note(transaction, "undone");
          transaction.connection().rollback(savepoint);
        });
    changer.change(experiment(ACTIVE), ACTIVE, RUNNING);
    assertEquals(List.of("kept"), notes());
  }

  @Test
  void theTransactionIsWorthNothingOnceTheListenerHasReturned() {
    List<MasterTransaction> kept = new ArrayList<>();
    List<Connection> connections = new ArrayList<>();
    listen(
        "a",
        (change, transaction) -> {
          kept.add(transaction);
          connections.add(transaction.connection());
        });
    changer.change(experiment(ACTIVE), ACTIVE, RUNNING);
    assertThrows(IllegalStateException.class, () -> kept.get(0).connection());
    assertThrows(IllegalStateException.class, () -> kept.get(0).afterCommit(() -> {}));
    assertThrows(SQLException.class, () -> connections.get(0).createStatement().close());
  }
}
