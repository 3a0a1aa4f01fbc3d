package org.expmaster.host.listener;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.expmaster.host.db.Transactions;
import org.expmaster.plugin.MasterTransaction;
import org.expmaster.plugin.RepeatTransactionException;
import org.jdbi.v3.core.Handle;
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

  /** What the master does in a transaction, in which it calls the listeners. */
  @FunctionalInterface
  public interface Work<L, T> {
    T in(Handle handle, Calls<L> listeners);
  }

  /** The calls in one transaction. */
  public interface Calls<L> {

    /**
     * Calls all listeners.
     *
     * @param call calls one listener
     * @param what describes the event, for the log
     * @throws RepeatTransactionException if a listener or the database asks for a repetition and
     *     another attempt is left
     */
    void call(BiConsumer<L, MasterTransaction> call, Supplier<String> what);
  }

  /**
   * Does the work in a transaction. After the commit, runs the tasks that the successful listeners
   * registered. No plugin whose listener was called stops in between.
   */
  public <T> T inTransaction(Transactions transactions, Work<L, T> work) {
    Round round = new Round();
    try {
      T result = transactions.run(one -> work.in(one.handle(), round.begin(one)));
      round.afterCommit.forEach(ListenerTask::run);
      return result;
    } finally {
      round.end();
    }
  }

  /** A transaction with its repetitions, and what follows its commit. */
  private final class Round implements Calls<L> {
    private final List<ListenerTask> afterCommit = new ArrayList<>();
    private List<NamedListener<L>> entered;
    private Transactions.Try one;

    Round begin(Transactions.Try attempt) {
      one = attempt;
      afterCommit.clear();
      return this;
    }

    @Override
    public void call(BiConsumer<L, MasterTransaction> call, Supplier<String> what) {
      if (entered == null) {
        entered = listeners.get().stream().filter(named -> named.gate().enter()).toList();
      }
      for (NamedListener<L> named : entered) {
        call(named, call, what);
      }
    }

    private void call(
        NamedListener<L> named, BiConsumer<L, MasterTransaction> call, Supplier<String> what) {
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

    void end() {
      if (entered != null) {
        entered.forEach(named -> named.gate().leave());
      }
    }
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
