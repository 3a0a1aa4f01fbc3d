package org.expmaster.plugin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentEnd;
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

  /**
   * Returns the experiments with these ids, in any order; those that do not exist are missing. A
   * master that can read several at once overrides it.
   *
   * @param ids different ids, at most 1,000
   */
  default List<Experiment> experiments(Collection<Long> ids) {
    List<Experiment> found = new ArrayList<>();
    ids.forEach(id -> experiment(id).ifPresent(found::add));
    return found;
  }

  /**
   * Returns a page of the ends of experiments, ordered by {@link ExperimentEnd#at()} and, at the
   * same time, by experiment id. So a plugin learns of the ends that came while it was not running,
   * and of those at which its listener failed.
   *
   * <p>Only committed ends are returned, whichever master of the database committed them and
   * whether or not it had the plugin. An end whose transaction commits late appears at its place in
   * the order, so one may still appear before others that have been returned. Once an end is
   * returned, everything that listeners wrote in its transaction can be read as well.
   *
   * <p>A page costs about as much as its rows, however many experiments there are. It may be asked
   * for from the start of the plugin to its stop, on the plugin's own threads.
   *
   * @param at the time from which ends are returned
   * @param afterId of the ends at exactly this time, only those of experiments with a greater id; 0
   *     for all
   * @param limit the maximum number of ends, 1 to 1,000; fewer are returned only if there are no
   *     more
   * @return empty if this master cannot tell, which is the default and must not change while the
   *     plugin runs
   */
  default Optional<List<ExperimentEnd>> ends(Instant at, long afterId, int limit) {
    return Optional.empty();
  }

  /** Returns the workspace with this id, or empty if there is none. */
  Optional<Workspace> workspace(long id);

  /** Returns a snapshot of all workspaces, ordered by id. */
  List<Workspace> workspaces();
}
