package org.expmaster.host.listener;

import java.util.Optional;
import org.expmaster.plugin.model.Experiment;
import org.jdbi.v3.core.Handle;

/** Finds experiments for listeners. */
@FunctionalInterface
public interface ExperimentLookup {

  /** Returns the experiment as the handle's transaction sees it; empty if there is none. */
  Optional<Experiment> find(Handle handle, long id);
}
