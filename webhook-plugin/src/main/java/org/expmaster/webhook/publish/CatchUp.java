package org.expmaster.webhook.publish;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.expmaster.plugin.Experiments;
import org.expmaster.plugin.model.ExperimentEnd;
import org.expmaster.webhook.publish.CatchUpStore.Mark;
import org.expmaster.webhook.telling.Log;

/**
 * Tells of the ends that no listener could tell of: those that came while the plugin was away, and
 * those at which it failed.
 *
 * <p>An end is looked at once, by one master, some time after its commit. If its event exists, a
 * listener has told of it. Its row is then in the database, because it was committed together with
 * the end, and it is not older than the last look, which did not find the end yet. These times are
 * common to all masters. Those of the ends come from masters' clocks, which may differ or be set,
 * and are compared only with each other.
 */
public final class CatchUp {
  private static final Log log = Log.of(CatchUp.class);

  /** Ends per query. */
  static final int PAGE = 1_000;

  /** Ends in memory; each such portion costs a scan of the newest events. */
  static final int PORTION = 10_000;

  /** After how many intervals without a whole look the catching up is behind. */
  private static final int BEHIND = 15;

  private final Experiments experiments;
  private final CatchUpStore store;
  private final LateEnds lateEnds;
  private final Clock masters;
  private final Clock common;
  private final Limits limits;
  private volatile Instant begun = Instant.MAX;
  private boolean hasLooked;
  private volatile boolean stopped;

  /**
   * Limits on the work.
   *
   * @param every how often to look
   * @param within ends longer ago are not told
   */
  public record Limits(Duration every, Duration within) {}

  /**
   * @param masters the master's clock
   * @param common the common time of all masters
   */
  public CatchUp(
      Experiments experiments,
      CatchUpStore store,
      LateEnds lateEnds,
      Clock masters,
      Clock common,
      Limits limits) {
    this.experiments = experiments;
    this.store = store;
    this.lateEnds = lateEnds;
    this.masters = masters;
    this.common = common;
    this.limits = limits;
  }

  /**
   * Prepares for {@link #look}. On a new database, nothing before this moment will be told.
   *
   * @return false if the master cannot tell which experiments have ended
   */
  public boolean begin() {
    if (experiments.ends(masters.instant(), 0, 1).isEmpty()) {
      return false;
    }
    begun = common.instant();
    store.begin(masters.instant(), begun);
    return true;
  }

  /**
   * Returns the time, by the common clock, since which events must be kept: those of ends that
   * nobody has looked at yet. Empty if none must.
   */
  public Optional<Instant> needsSince() {
    // ends longer ago than that are not told, however long nobody has looked
    Instant most = common.instant().minus(limits.within()).minus(CatchUpStore.LATE);
    return store.mark().map(mark -> later(mark.traces(), most));
  }

  /**
   * Returns for how long no master has come to the end of a look, if that is too long; then ends
   * are told late. Empty if all is well, or if this master does not look. Thread-safe.
   */
  public Optional<String> problem() {
    Instant now = common.instant();
    Instant since = store.mark().map(Mark::lookedAt).map(at -> later(at, begun)).orElse(now);
    Duration behind = Duration.between(since, now);
    return behind.compareTo(limits.every().multipliedBy(BEHIND)) < 0
        ? Optional.empty()
        : Optional.of(
            "no master has come to the end of a look for ended experiments for "
                + behind.toMinutes()
                + " minutes: what no listener has told of is told late");
  }

  /** Makes the look under way, and all later ones, end early. */
  public void stop() {
    stopped = true;
  }

  /**
   * Looks at the ends that nobody has looked at, and tells of those that have not been told. Does
   * nothing if another master has looked a moment ago. Not thread-safe.
   *
   * @throws IllegalStateException if some could not be told; they are tried again by the next look
   */
  public void look() throws SQLException {
    Instant began = common.instant();
    Instant oldest = masters.instant().minus(limits.within());
    Mark mark = store.mark().orElseThrow();
    Duration since = Duration.between(mark.lookedAt(), began);
    if (hasLooked && since.compareTo(limits.every().dividedBy(2)) < 0) {
      return;
    }
    if (since.compareTo(limits.within()) > 0 && mark.readsFrom().isBefore(oldest)) {
      log.warn(
          "the webhooks last looked for ends of experiments at {}, and those before {} are not told"
              + " any more (webhooks.catch_up_within)",
          mark.lookedAt(),
          oldest);
      mark = mark.from(oldest);
    }
    hasLooked = true;
    LateEnds.Tally tally = new LateEnds.Tally(oldest);
    try {
      Optional<Mark> last = lookFrom(mark, tally);
      if (last.isPresent()) {
        store.finish(last.get(), began, masters.instant());
      }
    } finally {
      tally.log();
    }
    tally.throwIfRefused();
  }

  /** Returns the mark at the end, or empty if another master took over or this one stops. */
  private Optional<Mark> lookFrom(Mark start, LateEnds.Tally tally) throws SQLException {
    Optional<Mark> mark = Optional.of(start);
    Instant at = start.readsFrom();
    long afterId = 0;
    List<ExperimentEnd> unseen = new ArrayList<>();
    List<ExperimentEnd> page;
    do {
      page = experiments.ends(at, afterId, PAGE).orElseThrow();
      unseen.addAll(store.unseen(page));
      if (unseen.size() >= PORTION || page.size() < PAGE) {
        mark = lateEnds.settle(mark.get(), unseen, tally, () -> stopped);
        unseen.clear();
      }
      if (!page.isEmpty()) {
        ExperimentEnd last = page.get(page.size() - 1);
        at = last.at();
        afterId = last.experimentId();
      }
    } while (mark.isPresent() && page.size() >= PAGE);
    return mark;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
