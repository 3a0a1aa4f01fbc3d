package org.expmaster.plugin;

import org.expmaster.plugin.model.ExperimentStateChange;
import org.pf4j.ExtensionPoint;

/**
 * Receives every change of an experiment's state.
 *
 * <p>Calls for one experiment come in the order of its changes. Calls for different experiments may
 * run concurrently on several threads.
 */
public interface ExperimentLifecycleListener extends ExtensionPoint {

  /**
   * Called inside the transaction that changes the state: anything written through it commits or
   * rolls back with the change. Keep it short: the transaction stays open until it returns.
   *
   * <p>An exception breaks neither the state change nor any other listener. The master rolls back
   * what this listener wrote (it runs each behind a savepoint), logs the failure and counts it. Of
   * such changes, {@link Experiments#ends} returns those to a final state.
   *
   * <p>A {@link RepeatTransactionException} makes the master repeat the whole transaction and call
   * the listener again.
   *
   * @param change the state change
   * @param transaction the master's transaction, valid during this call
   */
  default void stateChanged(ExperimentStateChange change, MasterTransaction transaction) {}
}
