package org.expmaster.host.experiment;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentStateChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every listener, each behind a savepoint, so that one that fails undoes only its own. */
public final class ListenerCalls {
  private static final Logger log = LoggerFactory.getLogger(ListenerCalls.class);

  private final Supplier<List<NamedListener>> listeners;
  private final MeterRegistry meters;

  public ListenerCalls(Supplier<List<NamedListener>> listeners, MeterRegistry meters) {
    this.listeners = listeners;
    this.meters = meters;
  }

  /** What those that did not fail want done after the commit. */
  List<ListenerTask> call(ExperimentStateChange change, Connection connection) {
    List<ListenerTask> afterCommit = new ArrayList<>();
    for (NamedListener named : listeners.get()) {
      ListenerTransaction transaction = new ListenerTransaction(named.plugin(), connection);
      try {
        named.listener().stateChanged(change, transaction);
        afterCommit.addAll(transaction.keep());
      } catch (Throwable e) {
        transaction.undo();
        Fatal.rethrow(e);
        report(named.plugin(), change, e);
      } finally {
        transaction.end();
      }
    }
    return afterCommit;
  }

  private void report(String plugin, ExperimentStateChange change, Throwable failure) {
    meters.counter("master.listener.failures", "plugin", plugin).increment();
    Experiment experiment = change.experiment();
    log.warn(
        "plugin {}: its listener failed at experiment {} {} -> {}, and what it wrote is undone: {}",
        plugin,
        experiment.id(),
        change.previous(),
        experiment.state(),
        failure.toString());
    log.debug("plugin {}: listener", plugin, failure);
  }
}
