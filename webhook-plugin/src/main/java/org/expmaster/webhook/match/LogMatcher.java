package org.expmaster.webhook.match;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.Task;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.webhook.event.Excerpt;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;
import org.expmaster.webhook.match.Candidate.Known;
import org.expmaster.webhook.match.Candidate.Occurrence;
import org.expmaster.webhook.match.LogPatterns.LogPattern;
import org.expmaster.webhook.match.LogPatterns.LogTrigger;
import org.expmaster.webhook.registry.RegistrySnapshot;

/**
 * Finds the triggers that log lines fire. Works in memory, is quick if no trigger fires, and does a
 * bounded amount of work whatever the patterns.
 */
public final class LogMatcher {
  /** How many characters of a line are searched. Containers cut lines at 16 KiB; few are longer. */
  private static final int SEARCHED = 100_000;

  /** How many characters of a line fit into a message. */
  private static final int LONGEST = 10_000;

  /** A trial prints its config, with the very expressions that its log is searched for. */
  private static final String PRINTED_CONFIG = "\"log_policies\":";

  private final PerSnapshot<LogPatterns> patterns;
  private final Concerns concerns;
  private final Clock clock;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile LogPatterns last = LogPatterns.NONE;

  /**
   * @param registry supplies the current webhooks
   * @param concerns knows which webhooks an experiment concerns
   */
  public LogMatcher(Supplier<RegistrySnapshot> registry, Concerns concerns, Clock clock) {
    this.patterns = new PerSnapshot<>(registry, this::patternsOf);
    this.concerns = concerns;
    this.clock = clock;
  }

  private LogPatterns patternsOf(RegistrySnapshot snapshot) {
    last = LogPatterns.of(snapshot, last);
    return last;
  }

  /** Compiles new expressions of the registry, so that no transaction has to wait for it. */
  public void prepare() {
    patterns.get();
  }

  /** A trigger whose expression was not tried on the whole of a line. */
  public record CutShort(long webhookId, long triggerId) {}

  /**
   * The result for a batch of lines.
   *
   * @param candidates the triggers that the lines may fire, each once per task
   * @param cutShort the triggers whose search would have exceeded the budget, each once
   * @param refused how often an expression was not tried on a line at all, for the same reason
   */
  public record Matches(List<Candidate> candidates, List<CutShort> cutShort, long refused) {
    private static final Matches NONE = new Matches(List.of(), List.of(), 0);
  }

  /**
   * Tries the patterns on lines.
   *
   * @param known tells which triggers to skip
   * @param lookup finds the experiment of a task; called only if one of its lines may match
   */
  public Matches match(
      List<TaskLogLine> lines, Known known, LongFunction<Optional<Experiment>> lookup) {
    LogPatterns all = patterns.get();
    return all.isEmpty() ? Matches.NONE : new Batch(all, known, lookup).match(lines);
  }

  private final class Batch {
    private final LogPatterns all;
    private final Known known;
    private final LongFunction<Optional<Experiment>> lookup;
    private final Instant now = clock.instant();
    private final Map<Task, WantedPatterns> wanted = new HashMap<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private long refused;

    Batch(LogPatterns all, Known known, LongFunction<Optional<Experiment>> lookup) {
      this.all = all;
      this.known = known;
      this.lookup = lookup;
    }

    Matches match(List<TaskLogLine> lines) {
      LogBudget budget =
          new LogBudget(lines.stream().mapToLong(line -> searched(line.text())).sum());
      for (TaskLogLine line : lines) {
        String text = line.text().substring(0, searched(line.text()));
        long share = budget.share(text.length());
        BitSet found = all.mayMatch(text);
        if (!found.isEmpty() && !text.contains(PRINTED_CONFIG)) {
          budget.spend(search(line, text, found, share));
        }
      }
      return new Matches(candidates, triggersCutShort(), refused());
    }

    private long search(TaskLogLine line, String text, BitSet found, long share) {
      WantedPatterns those = wanted.computeIfAbsent(line.task(), this::wantedOf);
      WantedPatterns.Choice choice = those.choose(found, share);
      FairSearch.Found result = FairSearch.search(text, choice.tried(), share);
      result.cutShort().forEach(those::cutShort);
      refused += result.refused().size();
      for (int number : result.matching()) {
        LogPattern pattern = all.get(number);
        Occurrence occurrence = occurrence(line, pattern.text(), now);
        for (LogTrigger trigger : those.take(number)) {
          candidates.add(
              new Candidate(
                  trigger.webhook(),
                  trigger.id(),
                  line.task().id(),
                  line.task().experimentId(),
                  occurrence));
        }
      }
      return result.steps() + choice.steps();
    }

    private WantedPatterns wantedOf(Task task) {
      Concern concern = concerns.of(task.experimentId(), task.workspaceId(), lookup);
      return new WantedPatterns(
          all,
          concern,
          triggerId -> known.is(triggerId, task.id()),
          turn.getAndAdd(1_000) & Integer.MAX_VALUE);
    }

    private long refused() {
      return refused + wanted.values().stream().mapToLong(WantedPatterns::refused).sum();
    }

    private List<CutShort> triggersCutShort() {
      return wanted.values().stream()
          .flatMap(those -> those.cutShort().stream())
          .map(trigger -> new CutShort(trigger.webhook().id(), trigger.id()))
          .distinct()
          .toList();
    }
  }

  private static int searched(String text) {
    return Math.min(SEARCHED, text.length());
  }

  private static Occurrence occurrence(TaskLogLine line, String regex, Instant now) {
    UUID id = UUID.randomUUID();
    TaskLogLine shown =
        new TaskLogLine(line.task(), line.node(), Excerpt.of(line.text(), LONGEST), line.at());
    return subject -> new TaskLogMatched(id, now, subject, shown, regex);
  }
}
