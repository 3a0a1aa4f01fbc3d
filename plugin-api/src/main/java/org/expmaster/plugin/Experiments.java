package org.expmaster.plugin;

import java.util.List;
import java.util.Optional;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.Workspace;

/**
 * Look-ups of what the master knows.
 *
 * <p>Every call reads the master's database and may wait for a connection, so none may be made
 * inside a {@link MasterTransaction} or while holding a connection. Throws an unchecked exception
 * where the database cannot be reached.
 */
public interface Experiments {

  /** The experiment with this id, or empty where there is none. */
  Optional<Experiment> experiment(long id);

  /**
   * The experiment with this id if the caller may see it, or empty where there is none or they may
   * not: who may see what is the master's to decide.
   */
  Optional<Experiment> experiment(long id, Caller caller);

  /** The workspace with this id, or empty where there is none. */
  Optional<Workspace> workspace(long id);

  /** Every workspace, in the order of their ids; a snapshot. */
  List<Workspace> workspaces();
}
