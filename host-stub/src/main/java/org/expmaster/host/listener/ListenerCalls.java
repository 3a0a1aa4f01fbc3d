package org.expmaster.host.listener;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.expmaster.host.db.Transactions;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.RepeatTransactionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls every listener behind its own savepoint, so that a failure undoes only its own writes. */
public final class ListenerCalls<L> {
  private static final Logger log = LoggerFactory.getLogger(ListenerCalls.class);

  private final Supplier<List<NamedListener<L>>> listeners;
  private final ExperimentLookup experiments;
  private final MeterRegistry meters;

  /**
   * @param experiments look-up of experiments, for listeners
   */
  public ListenerCalls(
      Supplier<List<NamedListener<L>>> listeners,
      ExperimentLookup experiments,
      MeterRegistry meters) {
    this.listeners = listeners;
    this.experiments = experiments;
    this.meters = meters;
  }

  /**
   * Calls all listeners.
   *
   * @param call calls one listener
   * @param what describes the event, for the log
   * @param one the attempt whose transaction is used
   * @return the tasks that the successful listeners registered for after the commit
   * @throws RepeatTransactionException if a listener or the database asks for a repetition and
   *     another attempt is left
   */
  public List<ListenerTask> call(
      BiConsumer<L, MasterTransaction> call, Supplier<String> what, Transactions.Try one) {
    List<ListenerTask> afterCommit = new ArrayList<>();
    for (NamedListener<L> named : listeners.get()) {
      ListenerTransaction transaction =
          new ListenerTransaction(named.plugin(), one.handle(), experiments);
      try {
        call.accept(named.listener(), transaction);
        afterCommit.addAll(transaction.keep());
      } catch (Throwable e) {
        if (!one.last() && Transactions.isWorthRepeating(e)) {
          meters.counter("master.listener.repeats", "plugin", named.plugin()).increment();
          throw new RepeatTransactionException(what.get(), e);
        }
        transaction.undo();
        Fatal.rethrow(e);
        report(named.plugin(), what.get(), e);
      } finally {
        transaction.end();
      }
    }
    return afterCommit;
  }

  private void report(String plugin, String what, Throwable failure) {
    meters.counter("master.listener.failures", "plugin", plugin).increment();
    log.warn(
        "plugin {}: its listener failed at {}, and what it wrote is undone: {}",
        plugin,
        what,
        failure.toString());
    log.debug("plugin {}: listener", plugin, failure);
  }
}
