package org.expmaster.webhook.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.expmaster.webhook.expression.LogRegex;
import org.expmaster.webhook.match.FairSearch.Found;
import org.expmaster.webhook.match.FairSearch.Tried;
import org.expmaster.webhook.match.LogPatterns.LogPattern;
import org.junit.jupiter.api.Test;

class FairSearchTest {
  private static final String COSTLY = "[a-z ]{0,400}[a-z ]{0,300}[0-9]$";
  private static final String LINE = "the quick brown fox ".repeat(5_000);

  @Test
  void whatThereIsEnoughForIsSearchedToTheEnd() {
    Found found =
        FairSearch.search("a 7 b", List.of(tried(0, "\\d", 1, 1), tried(1, "x", 1, 1)), 1_000);
    assertEquals(List.of(0), found.matching());
    assertEquals(List.of(), found.cutShort());
    assertTrue(found.steps() > 0);
  }

  @Test
  void costlyPatternsOfOneWebhookTakeNothingFromAnother() {
    List<Tried> patterns = new ArrayList<>();
    for (int i = 0; i < 299; i++) {
      patterns.add(tried(i, COSTLY, 7, 1));
    }
    patterns.add(tried(299, "dog$", 7, 2));
    Found found = FairSearch.search(LINE + "dog", patterns, LogBudget.LINE);
    assertEquals(List.of(299), found.matching());
    assertEquals(299, found.cutShort().size());
    assertTrue(found.steps() <= LogBudget.LINE, found.steps() + " steps");
  }

  @Test
  void aThousandWebhooksOfAWorkspaceTakeNothingFromOneOfAllWorkspaces() {
    List<Tried> patterns = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      patterns.add(tried(i, COSTLY, 7, i));
    }
    patterns.add(tried(1_000, "fox dog$", 0, 2_000));
    Found found = FairSearch.search(LINE + "dog", patterns, LogBudget.LINE);
    assertEquals(List.of(1_000), found.matching());
  }

  @Test
  void whatTheCheapOnesLeaveGoesToTheOthers() {
    List<Tried> patterns = List.of(tried(0, "x", 7, 1), tried(1, "[a-z ]{0,9}[0-9]$", 7, 2));
    long alone = FairSearch.search(LINE, patterns.subList(1, 2), Long.MAX_VALUE / 2).steps();
    long both = FairSearch.search(LINE, patterns, Long.MAX_VALUE / 2).steps();
    Found found = FairSearch.search(LINE, patterns, both + 100);
    assertTrue(alone > both / 2, "the costly one alone is more than its half");
    assertEquals(List.of(), found.cutShort());
  }

  /** Whatever the patterns: the step limit holds, and every reported result is correct. */
  @Test
  void noSetOfPatternsCostsMoreThanItMay() {
    Random dice = new Random(20_260_301);
    List<String> regexes =
        List.of(COSTLY, "a", "\\d+%", "(a|b)*c$", "^x", "fox", "(?i)DOG", "\\pL{9}!", "", "(|a)*");
    int cut = 0;
    for (int round = 0; round < 3_000; round++) {
      List<Tried> patterns = new ArrayList<>();
      for (int i = dice.nextInt(12); i >= 0; i--) {
        String regex = regexes.get(dice.nextInt(regexes.size()));
        patterns.add(tried(patterns.size(), regex, dice.nextInt(2) * 7, dice.nextInt(4)));
      }
      String text = LINE.substring(0, dice.nextInt(200)) + "dog 7%";
      long most = dice.nextInt(20_000);
      Found found = FairSearch.search(text, patterns, most);
      assertTrue(found.steps() <= most, () -> found.steps() + " of " + most);
      for (Tried tried : patterns) {
        boolean matches = tried.pattern().regex().find(text);
        if (found.cutShort().contains(tried.number())) {
          cut++;
          assertFalse(found.matching().contains(tried.number()));
        } else {
          assertEquals(matches, found.matching().contains(tried.number()));
        }
      }
    }
    assertTrue(cut > 1_000, "only " + cut + " were cut short: it tests nothing");
  }

  private static Tried tried(int number, String regex, long owner, long webhookId) {
    LogPattern pattern = new LogPattern(regex, LogRegex.compile(regex), Map.of());
    return new Tried(number, pattern, owner, webhookId);
  }
}
