package org.expmaster.webhook.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.expmaster.webhook.match.FairSearch.Tried;
import org.expmaster.webhook.match.LogPatterns.LogTrigger;
import org.expmaster.webhook.registry.Snapshots;
import org.expmaster.webhook.registry.Trigger.TaskLog;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.Test;

class WantedPatternsTest {
  private static final int PATTERNS = 80;

  /** A look at a pattern costs 100 steps, and half of the steps may be spent on looking. */
  private static final long ENOUGH_FOR_HALF = 2 * 100 * PATTERNS / 2;

  @Test
  void onlyWhatWasPassedOverIsSaidToBeCutShort() {
    WantedPatterns wanted =
        new WantedPatterns(patterns(), Concern.ofTask(OptionalLong.empty()), id -> false, 0);
    BitSet all = new BitSet();
    all.set(0, PATTERNS);
    assertEquals(numbers(0, PATTERNS / 2), tried(wanted.choose(all, ENOUGH_FOR_HALF)));
    assertEquals(numbers(PATTERNS / 2, PATTERNS), cutShort(wanted));
  }

  @Test
  void nextTimeItIsTheTurnOfTheOthers() {
    WantedPatterns wanted =
        new WantedPatterns(patterns(), Concern.ofTask(OptionalLong.empty()), id -> false, 0);
    BitSet all = new BitSet();
    all.set(0, PATTERNS);
    wanted.choose(all, ENOUGH_FOR_HALF);
    assertEquals(numbers(PATTERNS / 2, PATTERNS), tried(wanted.choose(all, ENOUGH_FOR_HALF)));
    assertEquals(numbers(0, PATTERNS), cutShort(wanted));
  }

  private static LogPatterns patterns() {
    Webhook webhook =
        Fixtures.webhook(
            1,
            WebhookMode.WORKSPACE,
            IntStream.range(0, PATTERNS)
                .mapToObj(i -> new StoredTrigger(i, new TaskLog("[0-9]{" + (i + 1) + "}")))
                .toList());
    return LogPatterns.of(Snapshots.of(webhook), LogPatterns.NONE);
  }

  private static List<Integer> tried(WantedPatterns.Choice choice) {
    return choice.tried().stream().map(Tried::number).toList();
  }

  private static List<Integer> cutShort(WantedPatterns wanted) {
    return wanted.cutShort().stream().map(LogTrigger::id).map(Long::intValue).sorted().toList();
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
