package org.expmaster.webhook.match;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Task;
import org.expmaster.plugin.model.TaskLogLine;
import org.expmaster.webhook.event.WebhookEvent.TaskLogMatched;
import org.expmaster.webhook.match.Candidate.Known;
import org.expmaster.webhook.match.LogMatcher.CutShort;
import org.expmaster.webhook.match.LogMatcher.Matches;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Snapshots;
import org.expmaster.webhook.registry.Trigger.Custom;
import org.expmaster.webhook.registry.Trigger.TaskLog;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.signing.WebhookSecrets;
import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.Test;

class LogMatcherTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Known NOTHING = (triggerId, subject) -> false;
  private static final LongFunction<Optional<Experiment>> HERE =
      id -> Optional.of(Fixtures.experiment(id, ExperimentState.RUNNING));
  private static final Task ONE = task("1.one");
  private static final Task OTHER = task("2.other");

  @Test
  void aLineFiresEveryTriggerWhoseExpressionFindsSomethingInIt() {
    List<Candidate> found =
        match(lines(ONE, "a CUDA error"), webhook(1, "CUDA", "fatal"), webhook(2, "(?i)ERROR$"));
    assertEquals(List.of(10L, 20L), triggers(found));
    assertEquals(List.of(1L, 2L), found.stream().map(c -> c.webhook().id()).toList());
    assertEquals(ONE.experimentId(), found.get(0).experimentId());
    assertEquals("1.one", found.get(0).subject());
  }

  @Test
  void anExpressionWithoutAnyTextOfItsOwnIsTriedOnEveryLine() {
    assertEquals(List.of(11L), triggers(match(lines(ONE, "", "x42"), webhook(1, "none", "\\d+"))));
    assertEquals(List.of(10L), triggers(match(lines(ONE, ""), webhook(1, "^$"))));
  }

  @Test
  void inOneBatchATriggerFiresOnceATaskAndOnItsFirstLine() {
    List<TaskLogLine> lines = new ArrayList<>(lines(ONE, "no", "error 1", "error 2"));
    lines.addAll(lines(OTHER, "error 3"));
    List<Candidate> found = match(lines, webhook(1, "error"));
    assertEquals(List.of("1.one", "2.other"), found.stream().map(Candidate::subject).toList());
    assertEquals(
        List.of("error 1", "error 3"), found.stream().map(c -> event(c).line().text()).toList());
  }

  @Test
  void whatIsKnownToHaveFiredIsPassedOver() {
    LogMatcher matcher = matcher(webhook(1, "error"), webhook(2, "error"));
    List<Candidate> found =
        matcher
            .match(
                lines(ONE, "error"),
                (trigger, subject) -> trigger == 10 && subject.equals("1.one"),
                HERE)
            .candidates();
    assertEquals(List.of(20L), triggers(found));
  }

  @Test
  void webhooksWithTheSameExpressionAreToldOfOneEvent() {
    List<Candidate> found = match(lines(ONE, "error"), webhook(1, "error"), webhook(2, "error"));
    assertEquals(2, found.size());
    assertEquals(event(found.get(0)), event(found.get(1)));
    assertEquals(NOW, event(found.get(0)).at());
    assertEquals("error", event(found.get(0)).regex());
  }

  @Test
  void aLineThatPrintsTheConfigIsSkipped() {
    String printed = "{\"log_policies\": [{\"pattern\": \"error\"}]}";
    assertEquals(List.of(), match(lines(ONE, printed), webhook(1, "error", "\\w")));
    assertEquals(
        List.of(10L), triggers(match(lines(ONE, "error in log_policies"), webhook(1, "error"))));
  }

  @Test
  void ofALongLineTheEventKeepsTheBeginningAndNeverHalfACharacter() {
    String line = "error" + "🎉".repeat(20_000);
    TaskLogMatched event = event(match(lines(ONE, line), webhook(1, "error")).get(0));
    assertTrue(event.line().text().length() <= 10_000);
    assertTrue(event.line().text().endsWith("🎉…"), "half a character");
  }

  @Test
  void withoutATriggerForLogsNoLineIsLookedAt() {
    Webhook other =
        Fixtures.webhook(1, WebhookMode.SPECIFIC, List.of(new StoredTrigger(1, new Custom())));
    assertEquals(List.of(), match(new UntouchedList(), other));
  }

  @Test
  void anExpressionThatNoLongerCompilesKeepsNoOtherFromFiring() {
    assertEquals(List.of(11L), triggers(match(lines(ONE, "error"), webhook(1, "(", "error"))));
  }

  @Test
  void whatCostsTooMuchIsCutShortAndSaidAndKeepsNoOtherFromFiring() {
    String[] costly = new String[299];
    for (int i = 0; i < costly.length; i++) {
      costly[i] = "[a-z ]{0," + (600 + i) + "}[0-9]{1}$";
    }
    LogMatcher matcher = matcher(webhook(1, costly), webhook(200, "error"));
    String line = "a line of letters ".repeat(5_000) + "error";
    Matches found = matcher.match(lines(ONE, line), NOTHING, HERE);
    assertEquals(List.of(2_000L), triggers(found.candidates()));
    assertEquals(299, found.cutShort().size());
    assertEquals(Set.of(1L), found.cutShort().stream().map(CutShort::webhookId).collect(toSet()));
  }

  @Test
  void inALongBatchNoLineIsLeftOut() {
    LogMatcher matcher =
        matcher(webhook(1, "[a-z ]{0,900}[0-9]{1}$", "[a-z ]{0,901}[0-9]{1}$"), webhook(2, "err"));
    List<TaskLogLine> lines = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      lines.addAll(lines(task("1." + i), "letters of a line ".repeat(100) + "err"));
    }
    Matches found = matcher.match(lines, NOTHING, HERE);
    assertEquals(400, found.candidates().size());
    assertEquals(2, found.cutShort().size(), "each once");
  }

  @Test
  void patternsOfWebhooksThatDoNotWantToHearAreNotTried() {
    Webhook elsewhere =
        new Webhook(
            1,
            1,
            "",
            Endpoint.at("http://receiver.example"),
            PayloadForm.DEFAULT,
            WebhookMode.WORKSPACE,
            OptionalLong.of(99),
            List.of(new StoredTrigger(1, new TaskLog("[a-z ]{0,900}[0-9]{1}$"))),
            WebhookSecrets.NONE);
    String line = "letters ".repeat(10_000);
    assertEquals(
        new Matches(List.of(), List.of(), 0),
        matcher(elsewhere).match(lines(ONE, line), NOTHING, HERE));
  }

  @Test
  void moreThanCanEvenBeLookedAtTakeTurns() {
    Webhook[] webhooks = new Webhook[3_000];
    for (int i = 0; i < webhooks.length; i++) {
      // a letter for each 0 bit of the number, a digit for each 1 bit
      String bits = Integer.toBinaryString(4_096 + i);
      webhooks[i] = webhook(i + 1, bits.replace("0", "[a-z]").replace("1", "[0-9]"));
    }
    LogMatcher matcher = matcher(webhooks);
    String[] texts = new String[1_500];
    Arrays.fill(texts, "x".repeat(10));
    Matches found = matcher.match(lines(ONE, texts), NOTHING, HERE);
    assertEquals(3_000, found.cutShort().size());
    assertTrue(found.refused() >= 3_000, found.refused() + " refused");
    String last = Integer.toBinaryString(4_096 + 2_999).replace('0', 'a');
    Arrays.fill(texts, last);
    assertEquals(
        List.of(30_000L), triggers(matcher.match(lines(ONE, texts), NOTHING, HERE).candidates()));
  }

  @Test
  void anExpressionIsCompiledOnceHoweverOftenTheRegistryChanges() {
    LogPatterns first =
        LogPatterns.of(Snapshots.of(webhook(1, "error"), webhook(2, "fault")), LogPatterns.NONE);
    LogPatterns second =
        LogPatterns.of(Snapshots.of(webhook(1, "error"), webhook(2, "failure")), first);
    assertSame(first.get(0).regex(), second.get(0).regex());
    assertEquals("failure", second.get(1).text());
  }

  /** A batch that must not be read. */
  private static final class UntouchedList extends java.util.AbstractList<TaskLogLine> {
    @Override
    public TaskLogLine get(int index) {
      throw new AssertionError("a line was looked at");
    }

    @Override
    public int size() {
      throw new AssertionError("the lines were counted");
    }
  }

  private static TaskLogMatched event(Candidate candidate) {
    return (TaskLogMatched) candidate.occurrence().event(Optional.empty());
  }

  private static List<Long> triggers(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::triggerId).toList();
  }

  private static List<Candidate> match(List<TaskLogLine> lines, Webhook... webhooks) {
    return matcher(webhooks).match(lines, NOTHING, HERE).candidates();
  }

  private static LogMatcher matcher(Webhook... webhooks) {
    var snapshot = Snapshots.of(webhooks);
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new LogMatcher(() -> snapshot, new Concerns(clock, new Complaints()), clock);
  }

  /** The ids of its triggers start at ten times its own id. */
  private static Webhook webhook(long id, String... regexes) {
    return Fixtures.webhook(
        id,
        WebhookMode.WORKSPACE,
        IntStream.range(0, regexes.length)
            .mapToObj(i -> new StoredTrigger(id * 10 + i, new TaskLog(regexes[i])))
            .toList());
  }

  private static Task task(String id) {
    return new Task(id, "TRIAL", OptionalLong.of(1), OptionalLong.of(1));
  }

  private static List<TaskLogLine> lines(Task task, String... texts) {
    return Arrays.stream(texts).map(text -> new TaskLogLine(task, "node", text, NOW)).toList();
  }
}
