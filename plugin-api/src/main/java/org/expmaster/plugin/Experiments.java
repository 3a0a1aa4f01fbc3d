package org.expmaster.plugin;

import java.util.List;
import java.util.Optional;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.Workspace;

/**
 * Look-ups of experiments and workspaces.
 *
 * <p>Every call reads the master's database and may wait for a connection, so none may be made
 * inside a {@link MasterTransaction} or while holding a connection. Throws an unchecked exception
 * if the database cannot be reached.
 */
public interface Experiments {

  /** Returns the experiment with this id, or empty if there is none. */
  Optional<Experiment> experiment(long id);

  /**
   * Returns the experiment with this id if the caller may see it, or empty if there is none or the
   * caller may not. The master decides who may see what.
   */
  Optional<Experiment> experiment(long id, Caller caller);

  /** Returns the workspace with this id, or empty if there is none. */
  Optional<Workspace> workspace(long id);

  /** Returns a snapshot of all workspaces, ordered by id. */
  List<Workspace> workspaces();
}
