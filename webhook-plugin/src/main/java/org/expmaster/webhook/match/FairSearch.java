package org.expmaster.webhook.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.expmaster.webhook.expression.LogRegex.Ending;
import org.expmaster.webhook.expression.LogRegex.Search;

/**
 * Tries patterns on a line with a budget that is not enough for all of them: a half for those of
 * webhooks of all workspaces and a half for those of the line's own, of that an equal part for each
 * webhook, and of that one for each of its patterns. Those that need the least come first, and what
 * they leave goes to the others; so the patterns of one webhook, whatever they cost, take nothing
 * from those of another.
 */
final class FairSearch {
  private final String text;
  private final List<Integer> matching = new ArrayList<>();
  private final List<Integer> cutShort = new ArrayList<>();

  private FairSearch(String text) {
    this.text = text;
  }

  /**
   * A pattern to be tried.
   *
   * @param number its number
   * @param owner the workspace of the webhook that is told, 0 for all
   * @param webhookId the webhook that is told
   */
  record Tried(int number, LogPatterns.LogPattern pattern, long owner, long webhookId) {}

  /**
   * What came of it.
   *
   * @param matching the numbers of the patterns that match
   * @param cutShort the numbers of those for which the line was not searched to its end
   * @param steps what it cost
   */
  record Found(List<Integer> matching, List<Integer> cutShort, long steps) {}

  static Found search(String text, List<Tried> patterns, long most) {
    FairSearch search = new FairSearch(text);
    long steps = 0;
    long worst = patterns.stream().mapToLong(search::worst).sum();
    if (worst <= most) {
      for (Tried pattern : patterns) {
        steps += search.one(pattern, most);
      }
    } else {
      steps = search.byOwner(patterns, most);
    }
    return new Found(search.matching, search.cutShort, steps);
  }

  private long worst(Tried tried) {
    return tried.pattern().regex().stepsPerLetter() * (text.length() + 1L);
  }

  private long byOwner(List<Tried> patterns, long most) {
    return divide(
        group(patterns, Tried::owner), most, (ofOwner, share) -> byWebhook(ofOwner, share));
  }

  private long byWebhook(List<Tried> patterns, long most) {
    return divide(
        group(patterns, Tried::webhookId),
        most,
        (ofWebhook, share) -> divide(single(ofWebhook), share, (one, s) -> one(one.get(0), s)));
  }

  /** Spends a budget on parts, on each at most an equal part of what is left. */
  private long divide(List<List<Tried>> parts, long most, Spending spending) {
    List<List<Tried>> ordered = new ArrayList<>(parts);
    ordered.sort(Comparator.comparingLong(part -> part.stream().mapToLong(this::worst).sum()));
    long spent = 0;
    for (int i = 0; i < ordered.size(); i++) {
      long share = Math.max(0, most - spent) / (ordered.size() - i);
      spent += spending.spend(ordered.get(i), share);
    }
    return spent;
  }

  @FunctionalInterface
  private interface Spending {
    long spend(List<Tried> patterns, long most);
  }

  private static List<List<Tried>> group(List<Tried> patterns, ToLongFunction<Tried> by) {
    Map<Long, List<Tried>> groups = new LinkedHashMap<>();
    for (Tried pattern : patterns) {
      groups.computeIfAbsent(by.applyAsLong(pattern), key -> new ArrayList<>()).add(pattern);
    }
    return List.copyOf(groups.values());
  }

  private static List<List<Tried>> single(List<Tried> patterns) {
    return patterns.stream().map(List::of).toList();
  }

  private long one(Tried tried, long most) {
    // less than one letter costs is no search at all
    if (most < tried.pattern().regex().stepsPerLetter()) {
      cutShort.add(tried.number());
      return 0;
    }
    Search search =
        tried.pattern().regex().find(text, most - tried.pattern().regex().stepsPerLetter());
    if (search.ending() == Ending.FOUND) {
      matching.add(tried.number());
    } else if (search.ending() == Ending.CUT_SHORT) {
      cutShort.add(tried.number());
    }
    return search.steps();
  }
}
