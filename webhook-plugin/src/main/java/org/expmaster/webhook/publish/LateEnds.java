package org.expmaster.webhook.publish;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentEnd;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.outbox.EventTrace;
import org.expmaster.webhook.publish.CatchUpStore.Mark;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.telling.Log;

/** Tells of ends that no listener has told of, a few in a transaction. */
public final class LateEnds {
  private static final Log log = Log.of(LateEnds.class);

  /** Ends to tell of per transaction: each may concern many webhooks, and nobody should wait. */
  static final int BATCH = 20;

  /** Ends per transaction that are only recorded. */
  private static final int RECORDED = 500;

  private final Experiments experiments;
  private final Database database;
  private final WebhookRegistry registry;
  private final EventPublisher publisher;
  private final Consumer<List<Long>> committed;
  private final LateMeters meters;

  /**
   * @param committed is given the webhooks with a new delivery, after each commit
   * @param meters count what is told late
   */
  public LateEnds(
      Experiments experiments,
      Database database,
      WebhookRegistry registry,
      EventPublisher publisher,
      Consumer<List<Long>> committed,
      LateMeters meters) {
    this.experiments = experiments;
    this.database = database;
    this.registry = registry;
    this.publisher = publisher;
    this.committed = committed;
    this.meters = meters;
  }

  /** What a look has come to. Confined to one thread. */
  static final class Tally {
    private final Instant oldest;
    private long told;
    private Optional<Instant> first = Optional.empty();
    private long refused;
    private Exception refusal;

    /**
     * @param oldest ends before this time are too old to be told
     */
    Tally(Instant oldest) {
      this.oldest = oldest;
    }

    void log() {
      first.ifPresent(
          since ->
              log.info(
                  "ends of experiments told late: {}, the first of {}; the plugin was away, or its"
                      + " listener failed",
                  told,
                  since));
    }

    void throwIfRefused() {
      if (refused > 0) {
        throw new IllegalStateException(
            "ends of experiments that could not be told: " + refused + "; " + refusal.getMessage(),
            refusal);
      }
    }

    private void refused(Exception failure) {
      refused++;
      refusal = failure;
    }

    private void told(List<ExperimentEnd> ends) {
      told += ends.size();
      if (first.isEmpty()) {
        first = ends.stream().map(ExperimentEnd::at).findFirst();
      }
    }
  }

  /**
   * Records that these ends have been looked at, and tells of those that have not been told.
   *
   * @param unseen ends that nobody has looked at, in order
   * @return the mark afterwards; empty if another master has raised it, or this one stops
   */
  Optional<Mark> settle(
      Mark mark, List<ExperimentEnd> unseen, Tally tally, BooleanSupplier isStopped)
      throws SQLException {
    if (unseen.isEmpty()) {
      return Optional.of(mark);
    }
    // after the ends: whatever was to be told of them has been created and can be read by now
    registry.refresh();
    Map<Long, ExperimentEnd> untold = untold(unseen, mark, tally.oldest);
    Map<Boolean, List<ExperimentEnd>> isUntold =
        unseen.stream().collect(partitioningBy(end -> untold.containsKey(end.experimentId())));
    Optional<Mark> now = Optional.of(mark);
    for (List<ExperimentEnd> batch : batches(isUntold.get(false), RECORDED)) {
      now = now.isPresent() ? commit(now.get(), batch, List.of(), tally) : now;
    }
    for (List<ExperimentEnd> batch : batches(isUntold.get(true), BATCH)) {
      if (isStopped.getAsBoolean()) {
        return Optional.empty();
      }
      now = now.isPresent() ? tell(now.get(), batch, tally) : now;
    }
    return now;
  }

  private static List<List<ExperimentEnd>> batches(List<ExperimentEnd> ends, int size) {
    return IntStream.iterate(0, from -> from < ends.size(), from -> from + size)
        .mapToObj(from -> ends.subList(from, Math.min(ends.size(), from + size)))
        .toList();
  }

  /** Returns the ends in which a webhook may be interested and whose event does not exist. */
  private Map<Long, ExperimentEnd> untold(List<ExperimentEnd> unseen, Mark mark, Instant oldest) {
    Map<Long, ExperimentEnd> untold = new HashMap<>();
    for (ExperimentEnd end : unseen) {
      if (!end.at().isBefore(oldest) && !registry.snapshot().triggeredBy(end.state()).isEmpty()) {
        untold.put(end.experimentId(), end);
      }
    }
    if (!untold.isEmpty()) {
      // not by the event's id: an older version of this plugin may have made it up
      new EventTrace(database)
          .visit(
              mark.traces(),
              (experimentId, type) -> {
                ExperimentEnd end = untold.get(experimentId);
                if (end != null && StateChanged.type(end.state()).equals(type)) {
                  untold.remove(experimentId);
                }
              });
    }
    return untold;
  }

  private Optional<Mark> tell(Mark mark, List<ExperimentEnd> batch, Tally tally)
      throws SQLException {
    Map<Long, Experiment> found =
        experiments.experiments(batch.stream().map(ExperimentEnd::experimentId).toList()).stream()
            .collect(toMap(Experiment::id, it -> it));
    List<Late> late =
        batch.stream()
            .filter(end -> found.containsKey(end.experimentId()))
            .map(end -> new Late(end, StateChanged.of(found.get(end.experimentId()), end.at())))
            .toList();
    try {
      return commit(mark, batch, late, tally);
    } catch (SQLException | RuntimeException failed) {
      if (late.isEmpty()) {
        throw failed;
      }
      return oneByOne(mark, late, tally);
    }
  }

  /** An end of which nobody has told, and its event. */
  private record Late(ExperimentEnd end, StateChanged event) {}

  /** One end whose row the database refuses must not keep the others from being told. */
  private Optional<Mark> oneByOne(Mark mark, List<Late> batch, Tally tally) {
    Optional<Mark> now = Optional.of(mark);
    int refused = 0;
    for (Late late : batch) {
      if (now.isPresent()) {
        try {
          now = commit(now.get(), List.of(late.end()), List.of(late), tally);
        } catch (SQLException | RuntimeException failed) {
          tally.refused(failed);
          meters.refused();
          refused++;
        }
      }
    }
    if (refused == batch.size()) {
      tally.throwIfRefused();
    }
    return now;
  }

  private Optional<Mark> commit(Mark mark, List<ExperimentEnd> batch, List<Late> late, Tally tally)
      throws SQLException {
    record Done(List<Long> webhookIds, List<ExperimentEnd> told) {}
    Optional<Done> done =
        database.inTransaction(
            connection -> {
              if (!CatchUpStore.step(connection, mark)) {
                return Optional.empty();
              }
              List<Long> webhookIds = new ArrayList<>();
              List<ExperimentEnd> told = new ArrayList<>();
              for (Late each : late) {
                List<Long> hearers = publisher.publishLate(each.event(), connection);
                if (!hearers.isEmpty()) {
                  told.add(each.end());
                  webhookIds.addAll(hearers);
                }
              }
              CatchUpStore.remember(connection, batch);
              return Optional.of(new Done(webhookIds, told));
            });
    if (done.isEmpty()) {
      return Optional.empty();
    }
    tally.told(done.get().told());
    meters.told(done.get().told().size());
    committed.accept(done.get().webhookIds().stream().distinct().toList());
    return Optional.of(mark.next());
  }
}
