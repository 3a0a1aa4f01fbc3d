package org.expmaster.plugin;

import java.sql.Connection;
import java.util.Optional;
import org.expmaster.plugin.model.Experiment;

/**
 * The database transaction in which the master makes a change.
 *
 * <p>Anything written through {@link #connection()} commits with the master's own change or not at
 * all: no crash can keep one and lose the other. The transaction is valid until the method that
 * received it returns, and only on the calling thread.
 *
 * <p>If the database requires the transaction to be tried again, the master repeats all of it: see
 * {@link RepeatTransactionException}.
 */
public interface MasterTransaction {

  /**
   * Returns the transaction's connection. It must not be committed, rolled back, closed or switched
   * to auto-commit; the master refuses each with an {@link java.sql.SQLException}.
   */
  Connection connection();

  /**
   * Returns the experiment with this id as this transaction sees it, or empty if there is none.
   * Every call reads the database, so call it only when the experiment is needed.
   *
   * @throws IllegalStateException if the query fails; the cause says why
   */
  Optional<Experiment> experiment(long id);

  /**
   * Runs a task after the commit, on the committing thread. It never runs if the transaction is
   * rolled back, even to be repeated, or if the listener that registered it throws.
   *
   * @param task must return at once: a request waits for it. What it throws is logged.
   */
  void afterCommit(Runnable task);
}
