package org.expmaster.webhook.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.expmaster.webhook.registry.LogRegex;
import org.expmaster.webhook.registry.RegistrySnapshot;
import org.expmaster.webhook.registry.Trigger.TaskLog;
import org.expmaster.webhook.registry.Webhook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The regular expressions of all triggers, each compiled once. A line is scanned once for the text
 * they require, and only those whose text it holds are tried on it.
 */
final class LogPatterns {
  private static final Logger log = LoggerFactory.getLogger(LogPatterns.class);

  private final List<LogPattern> patterns;
  private final TextScanner scanner;
  private final BitSet alwaysTried;

  private LogPatterns(List<LogPattern> patterns, TextScanner scanner, BitSet alwaysTried) {
    this.patterns = patterns;
    this.scanner = scanner;
    this.alwaysTried = alwaysTried;
  }

  /** A regular expression, and whom it fires. */
  record LogPattern(String text, LogRegex regex, List<LogTrigger> triggers) {}

  /** One trigger of a webhook. */
  record LogTrigger(Webhook webhook, long id) {}

  static LogPatterns of(RegistrySnapshot snapshot) {
    Map<String, List<LogTrigger>> byText = new LinkedHashMap<>();
    for (Webhook webhook : snapshot.byId().values()) {
      for (Webhook.StoredTrigger stored : webhook.triggers()) {
        if (stored.trigger() instanceof TaskLog taskLog) {
          byText
              .computeIfAbsent(taskLog.regex(), regex -> new ArrayList<>())
              .add(new LogTrigger(webhook, stored.id()));
        }
      }
    }
    List<LogPattern> patterns = new ArrayList<>();
    byText.forEach(
        (text, triggers) ->
            compile(text, triggers)
                .ifPresent(regex -> patterns.add(new LogPattern(text, regex, triggers))));
    return of(patterns);
  }

  private static Optional<LogRegex> compile(String text, List<LogTrigger> triggers) {
    try {
      return Optional.of(LogRegex.compile(text));
    } catch (IllegalArgumentException refused) {
      // it was taken once, so the library has changed its mind; the others go on
      log.warn(
          "trigger {} of webhook {} fires no more, for its regular expression is refused: {}",
          triggers.get(0).id(),
          triggers.get(0).webhook().id(),
          refused.getMessage());
      return Optional.empty();
    }
  }

  private static LogPatterns of(List<LogPattern> patterns) {
    TextScanner.Builder scanner = new TextScanner.Builder();
    BitSet alwaysTried = new BitSet();
    for (int i = 0; i < patterns.size(); i++) {
      Set<String> required = patterns.get(i).regex().required();
      if (required.isEmpty() || !scanner.add(required, i)) {
        alwaysTried.set(i);
      }
    }
    return new LogPatterns(List.copyOf(patterns), scanner.build(), alwaysTried);
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  /**
   * The patterns that match.
   *
   * @param tried which of them are to be tried; asked before, since it is cheaper
   */
  List<LogPattern> find(String text, Predicate<LogPattern> tried) {
    BitSet found = scanner.scan(text);
    if (found == null) {
      if (alwaysTried.isEmpty()) {
        return List.of();
      }
      found = alwaysTried;
    } else {
      found.or(alwaysTried);
    }
    List<LogPattern> matching = new ArrayList<>();
    for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
      LogPattern pattern = patterns.get(i);
      if (tried.test(pattern) && pattern.regex().find(text)) {
        matching.add(pattern);
      }
    }
    return matching;
  }
}
