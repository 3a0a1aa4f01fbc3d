package org.expmaster.plugin;

import java.util.List;
import org.expmaster.plugin.model.TrialMetric;
import org.pf4j.ExtensionPoint;

/**
 * Is told of every metric that a trial reports.
 *
 * <p>The calls for one trial come in the order of its reports, unless it sends several at once;
 * those for different trials may come at the same time from several threads.
 */
public interface MetricListener extends ExtensionPoint {

  /**
   * Called inside the transaction that stores the metrics, once for as many as were reported
   * together: what is written through it commits, or not, with them. Keep it short: until it
   * returns, the master's transaction stays open.
   *
   * <p>A listener that throws does not keep the metrics from being stored nor any other listener
   * from being called. The master undoes what that listener wrote, logs it and counts it.
   *
   * <p>A listener that throws {@link RepeatTransactionException} has the whole transaction
   * repeated, and is called again.
   *
   * @param metrics what is stored; unmodifiable, and not empty
   * @param transaction the master's transaction, valid during this call
   */
  default void reported(List<TrialMetric> metrics, MasterTransaction transaction) {}
}
