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

/** Tells every listener, each behind a savepoint, so that one that fails undoes only its own. */
public final class ListenerCalls<L> {
  private static final Logger log = LoggerFactory.getLogger(ListenerCalls.class);

  private final Supplier<List<NamedListener<L>>> listeners;
  private final ExperimentLookup experiments;
  private final MeterRegistry meters;

  /**
   * @param experiments where listeners find experiments
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
   * Tells them.
   *
   * @param call how one is told
   * @param what what they are told of, in words, for the log
   * @param one the try in whose transaction it happens
   * @return what those that did not fail want done after the commit
   * @throws RepeatTransactionException if one of them asks for it, or the database does, and there
   *     is another try
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
