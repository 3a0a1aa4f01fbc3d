package org.expmaster.host.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.db.Database;
import org.expmaster.host.experiment.ExperimentStore;
import org.expmaster.host.listener.ListenerCalls;
import org.expmaster.host.listener.NamedListener;
import org.expmaster.host.testing.TestDatabase;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.MetricListener;
import org.expmaster.plugin.RepeatTransactionException;
import org.expmaster.plugin.TaskLogListener;
import org.expmaster.plugin.model.Task;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.plugin.model.TrialMetric;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What storing logs and metrics guarantees, for every kind of database. */
abstract class RecorderContract {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Task TASK =
      new Task("cmd", "COMMAND", OptionalLong.empty(), OptionalLong.empty());

  private final List<NamedListener<TaskLogListener>> logListeners = new ArrayList<>();
  private final List<NamedListener<MetricListener>> metricListeners = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Database database;
  private TaskStore store;
  private Recorder recorder;

  abstract DbSettings newDatabase() throws Exception;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.open(newDatabase());
    database.jdbi().useHandle(handle -> handle.execute("CREATE TABLE notes (note TEXT)"));
    store = new TaskStore(database.jdbi());
    recorder =
        new Recorder(
            database.jdbi(),
            new ListenerCalls<>(() -> logListeners, ExperimentStore::find, meters),
            new ListenerCalls<>(() -> metricListeners, ExperimentStore::find, meters));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static TaskLogListener noting(List<String> heard, boolean thenFailing) {
    return new TaskLogListener() {
      @Override
      public void logged(List<TaskLogLine> lines, MasterTransaction transaction) {
        lines.forEach(line -> heard.add(line.text()));
        note(transaction, thenFailing ? "lost" : "kept");
        transaction.afterCommit(() -> heard.add("committed"));
        if (thenFailing) {
          throw new IllegalStateException("boom");
        }
      }
    };
  }

  private static void note(MasterTransaction transaction, String text) {
    try (Statement insert = transaction.connection().createStatement()) {
      insert.executeUpdate("INSERT INTO notes (note) VALUES ('" + text + "')");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aBatchIsToldInOneCallAndAfterItsCommit() {
    List<String> heard = new ArrayList<>();
    logListeners.add(new NamedListener<>("good", noting(heard, false)));
    recorder.log(List.of(line("one"), line("größe 🎉")));
    assertEquals(List.of("one", "größe 🎉", "committed"), heard);
    assertEquals(List.of("one", "größe 🎉"), stored());
    assertEquals(List.of("kept"), notes());
  }

  @Test
  void aListenerThatFailsUndoesItsOwnAndNothingElse() {
    logListeners.add(new NamedListener<>("bad", noting(new ArrayList<>(), true)));
    logListeners.add(new NamedListener<>("good", noting(new ArrayList<>(), false)));
    recorder.log(List.of(line("one")));
    assertEquals(List.of("one"), stored());
    assertEquals(List.of("kept"), notes());
    assertEquals(1, meters.counter("master.listener.failures", "plugin", "bad").count());
  }

  @Test
  void aListenerThatAsksForItHasTheLinesStoredAndToldAgain() {
    List<String> heard = new ArrayList<>();
    logListeners.add(
        new NamedListener<>(
            "busy",
            new TaskLogListener() {
              @Override
              public void logged(List<TaskLogLine> lines, MasterTransaction transaction) {
                lines.forEach(line -> heard.add(line.text()));
                note(transaction, "kept");
                if (heard.size() < 2) {
                  throw new RepeatTransactionException("busy", new SQLException("again", "40001"));
                }
              }
            }));
    recorder.log(List.of(line("one")));
    assertEquals(List.of("one", "one"), heard);
    assertEquals(List.of("one"), stored());
    assertEquals(List.of("kept"), notes());
  }

  @Test
  void whatCannotBeStoredIsToldToNobody() {
    List<String> heard = new ArrayList<>();
    logListeners.add(new NamedListener<>("good", noting(heard, false)));
    database.jdbi().useHandle(handle -> handle.execute("DROP TABLE task_logs"));
    assertThrows(RuntimeException.class, () -> recorder.log(List.of(line("one"))));
    assertEquals(List.of(), heard);
    assertEquals(List.of(), notes());
  }

  @Test
  void metricsAreToldAsTheyWereReportedEvenWhatIsNoNumber() {
    List<Double> heard = new ArrayList<>();
    metricListeners.add(
        new NamedListener<>(
            "good",
            new MetricListener() {
              @Override
              public void reported(List<TrialMetric> metrics, MasterTransaction transaction) {
                metrics.forEach(metric -> heard.add(metric.value()));
                note(transaction, "kept");
              }
            }));
    recorder.report(List.of(metric(0.5), metric(Double.NaN), metric(Double.POSITIVE_INFINITY)));
    assertEquals(List.of(0.5, Double.NaN, Double.POSITIVE_INFINITY), heard);
    assertEquals(List.of("kept"), notes());
  }

  @Test
  void nothingIsNoBatch() {
    logListeners.add(new NamedListener<>("bad", noting(new ArrayList<>(), true)));
    recorder.log(List.of());
    recorder.report(List.of());
    assertEquals(0, meters.counter("master.listener.failures", "plugin", "bad").count());
  }

  private static TaskLogLine line(String text) {
    return new TaskLogLine(TASK, "node", text, NOW);
  }

  @Test
  void aTrialThatIsNotThereHasNoLogAndDoesNotRun() {
    assertEquals(List.of(), store.linesOfTrial(1, new TaskStore.Part(10, true)));
    assertFalse(store.runs(1));
  }

  private static TrialMetric metric(double value) {
    return new TrialMetric(1, 1, "acc", value, 10, NOW);
  }

  private List<String> stored() {
    return store.lines("cmd", new TaskStore.Part(10, false)).stream()
        .map(TaskStore.Logged::log)
        .toList();
  }

  private List<String> notes() {
    return database
        .jdbi()
        .withHandle(h -> h.createQuery("SELECT note FROM notes").mapTo(String.class).list());
  }
}
