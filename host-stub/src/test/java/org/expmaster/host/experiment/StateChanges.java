package org.expmaster.host.experiment;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.expmaster.host.config.DbSettings;
import org.expmaster.host.config.Jobs;
import org.expmaster.host.db.Database;
import org.expmaster.host.listener.ListenerCalls;
import org.expmaster.host.listener.NamedListener;
import org.expmaster.host.testing.TestDatabase;
import org.expmaster.host.trace.Spans;
import org.expmaster.plugin.ExperimentLifecycleListener;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.ExperimentStateChange;

/** Experiments that change their states, in a database, and listeners that are told of it. */
final class StateChanges implements AutoCloseable {
  private final List<NamedListener<ExperimentLifecycleListener>> listeners =
      new CopyOnWriteArrayList<>();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final ExperimentStore store;
  private final Database database;
  private final StateChanger changer;

  StateChanges(DbSettings settings) throws Exception {
    database = TestDatabase.open(settings);
    database.jdbi().useHandle(handle -> handle.execute("CREATE TABLE notes (note TEXT)"));
    store = new ExperimentStore(database.jdbi());
    changer =
        new StateChanger(
            database.jdbi(),
            new ListenerCalls<>(() -> listeners, ExperimentStore::find, meters),
            Clock.systemUTC(),
            Spans.NONE);
  }

  @Override
  public void close() {
    database.close();
  }

  long experiment(ExperimentState state) {
    ExperimentSpec spec =
        ExperimentSpec.of(
            "name: a <b>\nresources: {slots_per_trial: 3, resource_pool: gpu}\n", Jobs.SIMULATED);
    return store.add(spec, 1, 1, state, Instant.now());
  }

  Optional<Experiment> change(long id, ExperimentState from, ExperimentState to) {
    return changer.change(id, from, to);
  }

  interface Listening {
    void stateChanged(ExperimentStateChange change, MasterTransaction transaction)
        throws SQLException;
  }

  void listen(String plugin, Listening what) {
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

  static void note(MasterTransaction transaction, String text) throws SQLException {
    try (var insert =
        transaction.connection().prepareStatement("INSERT INTO notes (note) VALUES (?)")) {
      insert.setString(1, text);
      insert.executeUpdate();
    }
  }

  List<String> notes() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT note FROM notes ORDER BY note")
                    .mapTo(String.class)
                    .list());
  }

  /** Returns how the database would run a statement if it had many rows. */
  String plan(String explain) {
    return database
        .jdbi()
        .withHandle(
            handle -> {
              if (explain.startsWith("EXPLAIN SELECT")) {
                handle.execute("SET enable_seqscan = off");
                handle.execute("SET enable_sort = off");
              }
              return handle.createQuery(explain).mapToMap().list().toString();
            });
  }

  ExperimentState stateOf(long id) {
    return store.find(id).orElseThrow().state();
  }
}
