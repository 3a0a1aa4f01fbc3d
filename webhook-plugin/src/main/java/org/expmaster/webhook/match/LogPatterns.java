package org.expmaster.webhook.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.expmaster.webhook.expression.LogRegex;
import org.expmaster.webhook.expression.TextScanner;
import org.expmaster.webhook.registry.RegistrySnapshot;
import org.expmaster.webhook.registry.Trigger.TaskLog;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.telling.Log;

/**
 * The regular expressions of all triggers, each compiled once. A line is scanned once for the
 * strings that they require, and only expressions whose strings it contains are tried on it.
 * Immutable and thread-safe.
 */
final class LogPatterns {
  private static final Log log = Log.of(LogPatterns.class);

  /** The length to which required strings are cut if there is no room for them in full. */
  private static final int SHORT_PIECE = 4;

  /** The workspace id that stands for all workspaces. */
  private static final long ALL = 0;

  static final LogPatterns NONE =
      new LogPatterns(Map.of(), List.of(), new TextScanner.Builder().build(), new BitSet());

  private final Map<String, Optional<LogRegex>> compiled;
  private final List<LogPattern> patterns;
  private final TextScanner scanner;
  private final BitSet alwaysTried;
  private final Map<Long, BitSet> byWorkspace = new HashMap<>();

  private LogPatterns(
      Map<String, Optional<LogRegex>> compiled,
      List<LogPattern> patterns,
      TextScanner scanner,
      BitSet alwaysTried) {
    this.compiled = compiled;
    this.patterns = patterns;
    this.scanner = scanner;
    this.alwaysTried = alwaysTried;
    for (int i = 0; i < patterns.size(); i++) {
      for (Long workspaceId : patterns.get(i).triggers().keySet()) {
        byWorkspace.computeIfAbsent(workspaceId, id -> new BitSet()).set(i);
      }
    }
  }

  /**
   * A regular expression and the triggers that it fires.
   *
   * @param triggers by their webhooks' workspace, 0 for all
   */
  record LogPattern(String text, LogRegex regex, Map<Long, List<LogTrigger>> triggers) {

    /** Returns the triggers of webhooks of all workspaces, and of one workspace. */
    List<LogTrigger> triggers(OptionalLong workspaceId) {
      List<LogTrigger> those = new ArrayList<>(triggers.getOrDefault(ALL, List.of()));
      workspaceId.ifPresent(id -> those.addAll(triggers.getOrDefault(id, List.of())));
      return those;
    }
  }

  record LogTrigger(Webhook webhook, long id) {}

  /**
   * Returns the patterns of a snapshot.
   *
   * @param last the patterns of an earlier snapshot, whose compiled expressions are reused
   */
  static LogPatterns of(RegistrySnapshot snapshot, LogPatterns last) {
    Map<String, Map<Long, List<LogTrigger>>> byText = new LinkedHashMap<>();
    for (Webhook webhook : snapshot.byId().values()) {
      webhook.eachTrigger(
          TaskLog.class,
          (id, trigger) ->
              byText
                  .computeIfAbsent(trigger.regex(), regex -> new HashMap<>())
                  .computeIfAbsent(webhook.workspaceId().orElse(ALL), none -> new ArrayList<>())
                  .add(new LogTrigger(webhook, id)));
    }
    Map<String, Optional<LogRegex>> compiled = new HashMap<>();
    List<LogPattern> patterns = new ArrayList<>();
    byText.forEach(
        (text, triggers) -> {
          Optional<LogRegex> known = last.compiled.get(text);
          Optional<LogRegex> regex =
              known == null ? compile(text, triggers.values().iterator().next().get(0)) : known;
          compiled.put(text, regex);
          regex.ifPresent(present -> patterns.add(new LogPattern(text, present, triggers)));
        });
    return texts(patterns).equals(texts(last.patterns))
        ? new LogPatterns(compiled, patterns, last.scanner, last.alwaysTried)
        : of(compiled, patterns);
  }

  private static List<String> texts(List<LogPattern> patterns) {
    return patterns.stream().map(LogPattern::text).toList();
  }

  private static Optional<LogRegex> compile(String text, LogTrigger first) {
    try {
      return Optional.of(LogRegex.compile(text));
    } catch (IllegalArgumentException refused) {
      // it was once accepted, so RE2/J has changed since; the other patterns still work
      log.warn(
          "trigger {} of webhook {} fires no more, for its regular expression is refused: {}",
          first.id(),
          first.webhook().id(),
          refused.getMessage());
      return Optional.empty();
    }
  }

  private static LogPatterns of(
      Map<String, Optional<LogRegex>> compiled, List<LogPattern> patterns) {
    TextScanner.Builder scanner = new TextScanner.Builder();
    BitSet alwaysTried = new BitSet();
    for (int i = 0; i < patterns.size(); i++) {
      Set<String> required = patterns.get(i).regex().required();
      if (required.isEmpty() || !(scanner.add(required, i) || scanner.add(cut(required), i))) {
        alwaysTried.set(i);
      }
    }
    return new LogPatterns(compiled, List.copyOf(patterns), scanner.build(), alwaysTried);
  }

  private static Set<String> cut(Set<String> pieces) {
    return pieces.stream()
        .map(piece -> piece.substring(0, Math.min(SHORT_PIECE, piece.length())))
        .collect(Collectors.toSet());
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  LogPattern get(int number) {
    return patterns.get(number);
  }

  /** Returns the numbers of the patterns that may match a text. The result must not be modified. */
  BitSet mayMatch(String text) {
    BitSet found = scanner.scan(text);
    if (found == null) {
      return alwaysTried;
    }
    found.or(alwaysTried);
    return found;
  }

  /** Returns the numbers of the patterns of webhooks of all workspaces, and those of one only. */
  List<BitSet> of(OptionalLong workspaceId) {
    BitSet ofAll = copy(ALL);
    if (workspaceId.isEmpty()) {
      return List.of(ofAll);
    }
    BitSet own = copy(workspaceId.getAsLong());
    own.andNot(ofAll);
    return List.of(ofAll, own);
  }

  private BitSet copy(long workspaceId) {
    return (BitSet) byWorkspace.getOrDefault(workspaceId, new BitSet()).clone();
  }
}
