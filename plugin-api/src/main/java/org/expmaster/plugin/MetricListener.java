package org.expmaster.plugin;

import java.util.List;
import org.expmaster.plugin.model.TrialMetric;
import org.pf4j.ExtensionPoint;

/**
 * Receives every metric that a trial reports.
 *
 * <p>Calls for one trial come in the order of its reports, unless the trial sends several at once.
 * Calls for different trials may run concurrently on several threads.
 */
public interface MetricListener extends ExtensionPoint {

  /**
   * Called inside the transaction that stores the metrics, once for all metrics reported together:
   * anything written through it commits or rolls back together with them. Keep it short, because
   * the master's transaction stays open until it returns.
   *
   * <p>An exception keeps neither the metrics from being stored nor any other listener from being
   * called. The master rolls back what the failed listener wrote, logs the failure and counts it.
   *
   * <p>A {@link RepeatTransactionException} makes the master repeat the whole transaction and call
   * the listener again.
   *
   * @param metrics the stored metrics; unmodifiable, never empty
   * @param transaction the master's transaction, valid during this call
   */
  default void reported(List<TrialMetric> metrics, MasterTransaction transaction) {}
}
