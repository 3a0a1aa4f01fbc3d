package org.expmaster.plugin;

import java.sql.Connection;
import java.util.Optional;
import org.expmaster.plugin.model.Experiment;

/**
 * The database transaction in which the master is changing something.
 *
 * <p>What is written through {@link #connection()} commits with the master's own change, or not at
 * all: no crash can keep one and lose the other. Valid, and usable by the calling thread alone,
 * until the method that received it returns.
 *
 * <p>Where the database says that the transaction must be tried again, the master repeats all of
 * it: see {@link RepeatTransactionException}.
 */
public interface MasterTransaction {

  /**
   * The connection that holds the transaction. Must not be committed, rolled back, closed, or
   * switched to auto-commit; the master refuses each with an {@link java.sql.SQLException}.
   */
  Connection connection();

  /**
   * The experiment with this id as this transaction sees it, or empty where there is none. Reads
   * the database at each call, so ask for it only once it is needed.
   *
   * @throws IllegalStateException if the database refuses; its cause says why
   */
  Optional<Experiment> experiment(long id);

  /**
   * Runs something once the transaction has committed, on the committing thread; never, if it is
   * rolled back, even to be repeated, or if the listener that asked for it throws.
   *
   * @param task must return at once: someone's request waits for it. What it throws is logged.
   */
  void afterCommit(Runnable task);
}
