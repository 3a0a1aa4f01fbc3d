package org.expmaster.webhook.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.expmaster.webhook.match.FairSearch.Tried;
import org.expmaster.webhook.match.LogPatterns.LogTrigger;
import org.expmaster.webhook.registry.Webhook;

/**
 * The patterns still to be tried on the lines of one task: those of webhooks that the task
 * concerns, except triggers that have fired. Whether a pattern is wanted is decided when a line may
 * match it, and cached for the rest of the batch.
 */
final class WantedPatterns {
  /** The cost of considering a pattern, in steps. */
  private static final int LOOK = 100;

  private final LogPatterns all;
  private final Concern concern;
  private final LongPredicate fired;

  /** The patterns of webhooks of all workspaces, and those of the task's own workspace only. */
  private final List<BitSet> wanted;

  private final Map<Integer, List<LogTrigger>> open = new HashMap<>();
  private final BitSet cutShort = new BitSet();
  private long refused;
  private int turn;

  /**
   * @param fired whether a trigger is known to have fired for the task
   * @param turn the pattern to start with if there are too many to consider
   */
  WantedPatterns(LogPatterns all, Concern concern, LongPredicate fired, int turn) {
    this.all = all;
    this.concern = concern;
    this.fired = fired;
    this.wanted = concern.anyone() ? all.of(concern.workspaceId()) : List.of();
    this.turn = turn;
  }

  /**
   * The patterns to try on a line.
   *
   * @param steps the cost of choosing them
   */
  record Choice(List<Tried> tried, long steps) {}

  /**
   * Returns those of the possibly matching patterns that are wanted.
   *
   * @param most the step limit of the line; at most half of it is spent on choosing
   */
  Choice choose(BitSet mayMatch, long most) {
    List<Tried> tried = new ArrayList<>();
    int looked = 0;
    for (BitSet group : wanted) {
      BitSet those = (BitSet) mayMatch.clone();
      those.and(group);
      int affordable = (int) (most / 2 / LOOK / wanted.size());
      if (those.cardinality() > affordable) {
        those = affordable(those, affordable);
      }
      for (int number = those.nextSetBit(0); number >= 0; number = those.nextSetBit(number + 1)) {
        looked++;
        List<LogTrigger> triggers = open(number);
        if (triggers.isEmpty()) {
          group.clear(number);
        } else {
          Webhook first = triggers.get(0).webhook();
          tried.add(new Tried(number, all.get(number), first.workspaceId().orElse(0), first.id()));
        }
      }
    }
    return new Choice(tried, (long) looked * LOOK);
  }

  /** Chooses some patterns, beginning where the last line left off; the others are skipped. */
  private BitSet affordable(BitSet those, int count) {
    BitSet chosen = new BitSet();
    for (int i = 0; i < count; i++) {
      int next = those.nextSetBit(turn);
      next = next < 0 ? those.nextSetBit(0) : next;
      chosen.set(next);
      turn = next + 1;
    }
    BitSet passedOver = (BitSet) those.clone();
    passedOver.andNot(chosen);
    cutShort.or(passedOver);
    refused += passedOver.cardinality();
    return chosen;
  }

  private List<LogTrigger> open(int number) {
    return open.computeIfAbsent(
        number,
        asked ->
            all.get(asked).triggers(concern.workspaceId()).stream()
                .filter(trigger -> concern.includes(trigger.webhook()))
                .filter(trigger -> !fired.test(trigger.id()))
                .toList());
  }

  /** Returns the triggers of a pattern that has matched; the pattern is not tried again. */
  List<LogTrigger> take(int number) {
    List<LogTrigger> taken = open(number);
    open.put(number, List.of());
    wanted.forEach(group -> group.clear(number));
    return taken;
  }

  void cutShort(int number) {
    cutShort.set(number);
  }

  /** Returns how often {@link #choose} skipped a pattern on a line. */
  long refused() {
    return refused;
  }

  /** Returns the triggers that were cut short on some line and have not fired on another. */
  List<LogTrigger> cutShort() {
    return cutShort.stream().boxed().flatMap(number -> open(number).stream()).toList();
  }
}
