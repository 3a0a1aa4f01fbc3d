package org.expmaster.plugin;

import java.util.List;
import org.expmaster.plugin.model.TaskLogLine;
import org.pf4j.ExtensionPoint;

/**
 * Receives every line that a task writes to its log.
 *
 * <p>Calls may run concurrently on several threads, even for one task: masters receive the lines of
 * a task in several requests.
 */
public interface TaskLogListener extends ExtensionPoint {

  /**
   * Called inside the transaction that stores the lines, once for all lines stored together:
   * anything written through it commits or rolls back together with them. A cluster may write a
   * hundred thousand lines a second, so a call with lines that do not concern the listener should
   * cost almost nothing and should not use the transaction.
   *
   * <p>An exception keeps neither the lines from being stored nor any other listener from being
   * called. The master rolls back what the failed listener wrote, logs the failure and counts it.
   *
   * <p>A {@link RepeatTransactionException} makes the master repeat the whole transaction and call
   * the listener again.
   *
   * @param lines the stored lines in the order of their arrival; unmodifiable, never empty
   * @param transaction the master's transaction, valid during this call
   */
  default void logged(List<TaskLogLine> lines, MasterTransaction transaction) {}
}
