package org.expmaster.host.listener;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.model.Experiment;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * A transaction as one listener sees it.
 *
 * <p>The savepoint is set when the listener first asks for the connection: most have nothing to
 * write, and on PostgreSQL a savepoint costs two round trips while the row is locked.
 */
final class ListenerTransaction implements MasterTransaction {
  private final String plugin;
  private final Handle handle;
  private final ExperimentLookup experiments;
  private final Thread thread = Thread.currentThread();
  private final List<ListenerTask> afterCommit = new ArrayList<>();
  private GuardedConnection guard;
  private Savepoint savepoint;
  private boolean ended;

  ListenerTransaction(String plugin, Handle handle, ExperimentLookup experiments) {
    this.plugin = plugin;
    this.handle = handle;
    this.experiments = experiments;
  }

  @Override
  public Connection connection() {
    checkUsable();
    if (guard == null) {
      try {
        savepoint = handle.getConnection().setSavepoint();
      } catch (SQLException e) {
        throw new IllegalStateException("cannot set a savepoint", e);
      }
      guard = new GuardedConnection(handle.getConnection());
    }
    return guard.connection();
  }

  @Override
  public Optional<Experiment> experiment(long id) {
    connection(); // behind the savepoint: PostgreSQL goes on after a failed query only from there
    try {
      return experiments.find(handle, id);
    } catch (JdbiException e) {
      throw new IllegalStateException("cannot read experiment " + id, e);
    }
  }

  @Override
  public void afterCommit(Runnable task) {
    checkUsable();
    afterCommit.add(new ListenerTask(plugin, Objects.requireNonNull(task, "task")));
  }

  private void checkUsable() {
    if (ended || Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "a transaction may be used by the thread that was called, and until that call returns");
    }
  }

  /** Fails where PostgreSQL refuses to go on after an error that the listener has hidden. */
  List<ListenerTask> keep() throws SQLException {
    if (savepoint != null) {
      handle.getConnection().releaseSavepoint(savepoint);
    }
    return afterCommit;
  }

  /**
   * @throws IllegalStateException if it cannot be undone: then nothing may be kept
   */
  void undo() {
    if (savepoint != null) {
      try {
        handle.getConnection().rollback(savepoint);
      } catch (SQLException e) {
        throw new IllegalStateException("cannot go back to a savepoint", e);
      }
    }
  }

  void end() {
    ended = true;
    if (guard != null) {
      guard.end();
    }
  }
}
