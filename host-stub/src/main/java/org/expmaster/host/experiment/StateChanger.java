package org.expmaster.host.experiment;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.expmaster.host.db.Transactions;
import org.expmaster.host.listener.ListenerCalls;
import org.expmaster.host.trace.Spans;
import org.expmaster.plugin.ExperimentLifecycleListener;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.ExperimentStateChange;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Changes an experiment's state and calls the listeners in the same transaction. Thread-safe.
 *
 * <p>The row is locked from the update to the commit. So the calls for one experiment come in
 * order, and of several masters exactly one makes a change. If the database asks for it, the whole
 * change is repeated.
 */
public final class StateChanger {
  private static final String UPDATE =
      """
      UPDATE experiments SET state = :to, end_time = :end WHERE id = :id AND state = :from
      RETURNING
      """
          + ExperimentRow.COLUMNS;

  private final Transactions transactions;
  private final ListenerCalls<ExperimentLifecycleListener> listeners;
  private final Clock clock;
  private final Spans spans;

  public StateChanger(
      Jdbi jdbi, ListenerCalls<ExperimentLifecycleListener> listeners, Clock clock, Spans spans) {
    this.spans = spans;
    this.transactions = new Transactions(jdbi);
    this.listeners = listeners;
    this.clock = clock;
  }

  /**
   * Changes the state if the current one is {@code from}.
   *
   * @return the experiment after the change, or empty if it was in another state or does not exist
   */
  public Optional<Experiment> change(long id, ExperimentState from, ExperimentState to) {
    return spans.within("experiment.state_change", () -> changeWithin(id, from, to));
  }

  private Optional<Experiment> changeWithin(long id, ExperimentState from, ExperimentState to) {
    // the database stores milliseconds: listeners must see the time that is read back later
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return listeners.inTransaction(
        transactions,
        (handle, calls) -> {
          Optional<Experiment> changed = update(handle, id, from, to, now);
          changed.ifPresent(after -> tell(new ExperimentStateChange(after, from, now), calls));
          return changed;
        });
  }

  private static void tell(
      ExperimentStateChange change, ListenerCalls.Calls<ExperimentLifecycleListener> listeners) {
    listeners.call(
        (listener, transaction) -> listener.stateChanged(change, transaction),
        () -> describe(change));
  }

  private static String describe(ExperimentStateChange change) {
    Experiment experiment = change.experiment();
    return "experiment %d %s -> %s"
        .formatted(experiment.id(), change.previous(), experiment.state());
  }

  private static Optional<Experiment> update(
      Handle handle, long id, ExperimentState from, ExperimentState to, Instant now) {
    return handle
        .createQuery(UPDATE)
        .bind("to", to.name())
        .bind("end", to.isFinal() ? now.toEpochMilli() : null)
        .bind("id", id)
        .bind("from", from.name())
        .map(ExperimentRow::map)
        .findOne();
  }
}
