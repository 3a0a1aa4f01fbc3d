package org.expmaster.plugin;

import java.util.List;
import org.expmaster.plugin.model.TaskLogLine;
import org.pf4j.ExtensionPoint;

/**
 * Is told of every line that a task writes to its log.
 *
 * <p>Calls may come at the same time from several threads, for one task too: masters receive the
 * lines of a task in several requests.
 */
public interface TaskLogListener extends ExtensionPoint {

  /**
   * Called inside the transaction that stores the lines, once for as many as are stored together:
   * what is written through it commits, or not, with them. A cluster may write a hundred thousand
   * lines a second, so a call for lines that do not concern the listener should cost next to
   * nothing, and ask the transaction for nothing.
   *
   * <p>A listener that throws does not keep the lines from being stored nor any other listener from
   * being called. The master undoes what that listener wrote, logs it and counts it.
   *
   * <p>A listener that throws {@link RepeatTransactionException} has the whole transaction
   * repeated, and is called again.
   *
   * @param lines what is stored, in the order in which it came; unmodifiable, and not empty
   * @param transaction the master's transaction, valid during this call
   */
  default void logged(List<TaskLogLine> lines, MasterTransaction transaction) {}
}
