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
 * <p>The savepoint is set when the listener first requests the connection. Most listeners write
 * nothing, and on PostgreSQL a savepoint costs two round trips while the row is locked.
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
    connection(); // behind the savepoint: after a failed query PostgreSQL continues only from there
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

  /** Fails if PostgreSQL refuses to continue after an error that the listener has swallowed. */
  List<ListenerTask> keep() throws SQLException {
    if (savepoint != null) {
      handle.getConnection().releaseSavepoint(savepoint);
    }
    return afterCommit;
  }

  /**
   * @throws IllegalStateException if the rollback fails; then nothing may be committed
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
