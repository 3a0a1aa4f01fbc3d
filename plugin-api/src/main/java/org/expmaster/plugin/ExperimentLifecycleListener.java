package org.expmaster.plugin;

import org.expmaster.plugin.model.ExperimentStateChange;
import org.pf4j.ExtensionPoint;

/**
 * Is told of every change of an experiment's state.
 *
 * <p>The calls for one experiment come in the order of its changes; those for different experiments
 * may come at the same time from several threads.
 */
public interface ExperimentLifecycleListener extends ExtensionPoint {

  /**
   * Called inside the transaction that changes the state: what is written through it commits, or
   * not, with it. Keep it short: until it returns, the master's transaction stays open.
   *
   * <p>A listener that throws does not break the state change nor any other listener. The master
   * undoes what that listener wrote (it runs each behind a savepoint), logs it and counts it.
   *
   * <p>A listener that throws {@link RepeatTransactionException} has the whole transaction
   * repeated, and is called again.
   *
   * @param change what happened
   * @param transaction the master's transaction, valid during this call
   */
  default void stateChanged(ExperimentStateChange change, MasterTransaction transaction) {}
}
