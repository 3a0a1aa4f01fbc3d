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
 * Tries patterns on a line with a budget that may not suffice for all of them. Half of the budget
 * is for webhooks of all workspaces, half for those of the line's own workspace. Each half is
 * divided equally among its webhooks, and a webhook's share equally among its patterns. The
 * cheapest come first, and what they leave goes to the others, so the patterns of one webhook,
 * however costly, take nothing from another.
 */
final class FairSearch {
  private final String text;
  private final List<Integer> matching = new ArrayList<>();
  private final List<Integer> cutShort = new ArrayList<>();
  private final List<Integer> refused = new ArrayList<>();

  private FairSearch(String text) {
    this.text = text;
  }

  /**
   * A pattern to try.
   *
   * @param number the pattern's number
   * @param owner the workspace of the pattern's webhook, 0 for all
   * @param webhookId the webhook whose share of the budget the pattern uses
   */
  record Tried(int number, LogPatterns.LogPattern pattern, long owner, long webhookId) {}

  /**
   * The result of a search.
   *
   * @param matching the numbers of the patterns that match
   * @param cutShort the numbers of the patterns that were not tried on the whole line
   * @param refused those of them that were not tried at all
   * @param steps the number of steps taken
   */
  record Found(List<Integer> matching, List<Integer> cutShort, List<Integer> refused, long steps) {}

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
    return new Found(search.matching, search.cutShort, search.refused, steps);
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

  /** Spends a budget on parts, on each at most an equal share of what is left. */
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
    // the budget does not cover even one character
    if (most < tried.pattern().regex().stepsPerLetter()) {
      cutShort.add(tried.number());
      refused.add(tried.number());
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
