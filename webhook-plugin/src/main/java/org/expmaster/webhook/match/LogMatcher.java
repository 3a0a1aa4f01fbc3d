package org.expmaster.webhook.match;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;
import org.expmaster.webhook.match.Candidate.Known;
import org.expmaster.webhook.match.Candidate.Occurrence;
import org.expmaster.webhook.match.LogPatterns.LogPattern;
import org.expmaster.webhook.match.LogPatterns.LogTrigger;
import org.expmaster.webhook.registry.RegistrySnapshot;

/** Finds the triggers that lines of logs fire, in memory, and quickly where none does. */
public final class LogMatcher {
  /** What of a line is looked at; a line is seldom longer than 16 KiB, where containers cut it. */
  private static final int SEARCHED = 100_000;

  /** What of a line a message can hold. */
  private static final int LONGEST = 10_000;

  /** A trial prints its config, and in it the very expressions that its log is searched for. */
  private static final String PRINTED_CONFIG = "\"log_policies\":";

  private final PerSnapshot<LogPatterns> patterns;

  /**
   * @param registry gives the webhooks as they are now
   */
  public LogMatcher(Supplier<RegistrySnapshot> registry) {
    this.patterns = new PerSnapshot<>(registry, LogPatterns::of);
  }

  /**
   * The triggers that these lines may fire, each once a task.
   *
   * @param known what is passed over
   * @param now when they fire
   */
  public List<Candidate> match(List<TaskLogLine> lines, Known known, Instant now) {
    LogPatterns all = patterns.get();
    if (all.isEmpty()) {
      return List.of();
    }
    List<Candidate> candidates = new ArrayList<>();
    Set<Fired> fired = new HashSet<>();
    for (TaskLogLine line : lines) {
      String task = line.task().id();
      String text = line.text().substring(0, Math.min(SEARCHED, line.text().length()));
      for (LogPattern pattern : all.find(text, tried -> isWanted(tried, task, known, fired))) {
        if (text.contains(PRINTED_CONFIG)) {
          break;
        }
        Occurrence occurrence = occurrence(line, pattern.text(), now);
        for (LogTrigger trigger : pattern.triggers()) {
          if (!known.is(trigger.id(), task) && fired.add(new Fired(trigger.id(), task))) {
            candidates.add(
                new Candidate(
                    trigger.webhook(), trigger.id(), task, line.task().experimentId(), occurrence));
          }
        }
      }
    }
    return candidates;
  }

  private record Fired(long triggerId, String task) {}

  private static boolean isWanted(LogPattern pattern, String task, Known known, Set<Fired> fired) {
    for (LogTrigger trigger : pattern.triggers()) {
      if (!known.is(trigger.id(), task) && !fired.contains(new Fired(trigger.id(), task))) {
        return true;
      }
    }
    return false;
  }

  private static Occurrence occurrence(TaskLogLine line, String regex, Instant now) {
    UUID id = UUID.randomUUID();
    TaskLogLine shown =
        new TaskLogLine(line.task(), line.node(), shortened(line.text()), line.at());
    return subject -> new TaskLogMatched(id, now, subject, shown, regex);
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = LONGEST - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
