package org.expmaster.webhook.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.plugin.model.Ref;
import org.expmaster.webhook.event.Alert;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.RegistrySnapshot;
import org.expmaster.webhook.registry.Snapshots;
import org.expmaster.webhook.registry.Trigger.Custom;
import org.expmaster.webhook.registry.Trigger.StateChange;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TriggerMatcherTest {
  private static final long WORKSPACE = 3;
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final Webhook EVERYWHERE = webhook(1, "", WebhookMode.WORKSPACE, 0);
  private static final Webhook HERE = webhook(2, "", WebhookMode.WORKSPACE, WORKSPACE);
  private static final Webhook ELSEWHERE = webhook(3, "", WebhookMode.WORKSPACE, WORKSPACE + 1);
  private static final Webhook SPECIFIC = webhook(7, "mine", WebhookMode.SPECIFIC, 0);
  private static final Webhook UNNAMED = webhook(8, "", WebhookMode.SPECIFIC, 0);

  @Test
  void anAlertGoesToTheSpecificWebhooksThatTheConfigNames() {
    Webhook alerted = alerted(7, WebhookMode.SPECIFIC);
    Webhook notSpecific = alerted(8, WebhookMode.WORKSPACE);
    Map<String, Object> all = webhooks("webhook_id", List.of(7, 8, 9));
    assertEquals(
        List.of(alerted),
        alert(all, alerted, notSpecific, webhook(9, "", WebhookMode.SPECIFIC, 0)));
    assertEquals(List.of(), alert(Map.of(), alerted, notSpecific));
    assertEquals(
        List.of(),
        alert(config(Map.of("webhook_id", List.of(7), "exclude", true)), alerted, notSpecific));
  }

  @Test
  void whatATaskWithoutAnExperimentWritesConcernsThoseWhoHearOfAllOfItsWorkspace() {
    Concern unknown = Concern.ofTask(OptionalLong.empty());
    assertTrue(unknown.includes(EVERYWHERE));
    assertFalse(unknown.includes(HERE));
    assertFalse(unknown.includes(SPECIFIC));
    Concern known = Concern.ofTask(HERE.workspaceId());
    assertTrue(known.includes(EVERYWHERE));
    assertTrue(known.includes(HERE));
    assertFalse(known.includes(ELSEWHERE));
    assertFalse(known.includes(SPECIFIC));
  }

  @Test
  void whatHappensToAnExperimentConcernsThoseWhoHearOfItsStates() {
    Concern here = Concern.of(experiment(ExperimentState.RUNNING, Map.of()));
    assertTrue(here.includes(EVERYWHERE));
    assertTrue(here.includes(HERE));
    assertFalse(here.includes(ELSEWHERE));
    assertFalse(here.includes(SPECIFIC));
  }

  private static Webhook alerted(long id, WebhookMode mode) {
    return Fixtures.webhook(
        id,
        mode,
        List.of(new StoredTrigger(id, new Custom()), new StoredTrigger(id + 100, new Custom())));
  }

  private static List<Webhook> alert(Map<String, Object> config, Webhook... webhooks) {
    RegistrySnapshot snapshot = Snapshots.of(webhooks);
    return new TriggerMatcher(() -> snapshot)
        .match(
            new CustomAlert(
                UUID.randomUUID(),
                NOW,
                experiment(ExperimentState.RUNNING, config),
                OptionalLong.empty(),
                new Alert("", "", Alert.Level.INFO)));
  }

  @ParameterizedTest
  @EnumSource
  void aChangeFiresOnTheStateThatEqualsTheConditionAndOnNoOther(ExperimentState state) {
    List<Webhook> matched = match(state, Map.of(), EVERYWHERE);
    assertEquals(state == ExperimentState.COMPLETED ? List.of(EVERYWHERE) : List.of(), matched);
  }

  @Test
  void aWebhookWithBothStatesFiresOnEach() {
    Webhook both =
        webhook(
            1,
            "",
            WebhookMode.WORKSPACE,
            OptionalLong.empty(),
            ExperimentState.COMPLETED,
            ExperimentState.ERROR);
    assertEquals(List.of(both), match(ExperimentState.COMPLETED, Map.of(), both));
    assertEquals(List.of(both), match(ExperimentState.ERROR, Map.of(), both));
    assertEquals(List.of(), match(ExperimentState.CANCELED, Map.of(), both));
  }

  @Test
  void aWebhookThatAsksTwiceIsToldOnce() {
    Webhook twice =
        webhook(
            1,
            "",
            WebhookMode.WORKSPACE,
            OptionalLong.empty(),
            ExperimentState.COMPLETED,
            ExperimentState.COMPLETED);
    assertEquals(List.of(twice), match(ExperimentState.COMPLETED, Map.of(), twice));
  }

  @Test
  void itsWorkspaceIsTheExperimentsOrAll() {
    assertEquals(List.of(EVERYWHERE, HERE), matchCompleted(Map.of(), EVERYWHERE, HERE, ELSEWHERE));
  }

  @Test
  void aSpecificOneNeedsItsIdInTheConfig() {
    assertEquals(List.of(), matchCompleted(Map.of(), SPECIFIC, UNNAMED));
    assertEquals(
        List.of(UNNAMED), matchCompleted(webhooks("webhook_id", List.of(1, 8)), SPECIFIC, UNNAMED));
    assertEquals(
        List.of(SPECIFIC), matchCompleted(webhooks("webhook_id", List.of(7L)), SPECIFIC, UNNAMED));
  }

  @Test
  void orASpecificOneNeedsItsNameInTheConfig() {
    assertEquals(
        List.of(SPECIFIC),
        matchCompleted(webhooks("webhook_name", List.of("x", "mine")), SPECIFIC, UNNAMED));
    assertEquals(
        List.of(), matchCompleted(webhooks("webhook_name", List.of("Mine", " mine")), SPECIFIC));
  }

  @Test
  void namedByIdAndByNameItIsToldOnce() {
    Map<String, Object> both =
        Map.of("webhook_id", List.of(7, 7), "webhook_name", List.of("mine", "mine"));
    assertEquals(List.of(SPECIFIC), matchCompleted(config(both), SPECIFIC));
  }

  @Test
  void anEmptyNameInTheConfigNamesNoWebhookThatHasNone() {
    assertEquals(List.of(), matchCompleted(webhooks("webhook_name", List.of("")), UNNAMED));
  }

  @Test
  void namingASpecificOneOfAnotherWorkspaceDoesNotReachIt() {
    Webhook theirs = webhook(7, "mine", WebhookMode.SPECIFIC, WORKSPACE + 1);
    Map<String, Object> named =
        config(Map.of("webhook_id", List.of(7), "webhook_name", List.of("mine")));
    assertEquals(List.of(), matchCompleted(named, theirs));
  }

  @Test
  void theOthersFireWhateverTheConfigNames() {
    assertEquals(
        List.of(EVERYWHERE, SPECIFIC),
        matchCompleted(webhooks("webhook_id", List.of(7)), EVERYWHERE, SPECIFIC));
  }

  @Test
  void excludeWinsOverEverything() {
    Map<String, Object> excluded =
        config(Map.of("exclude", true, "webhook_id", List.of(7), "webhook_name", List.of("mine")));
    assertEquals(List.of(), matchCompleted(excluded, EVERYWHERE, HERE, SPECIFIC));
  }

  @Test
  void excludeFalseExcludesNothing() {
    Map<String, Object> config = config(Map.of("exclude", false, "webhook_id", List.of(7)));
    assertEquals(List.of(EVERYWHERE, SPECIFIC), matchCompleted(config, EVERYWHERE, SPECIFIC));
  }

  @Test
  void whatIsMatchedIsWhatTheRegistryHoldsNow() {
    AtomicReference<RegistrySnapshot> registry = new AtomicReference<>(Snapshots.of());
    TriggerMatcher matcher = new TriggerMatcher(registry::get);
    StateChanged event = event(ExperimentState.COMPLETED, Map.of());
    assertEquals(List.of(), matcher.match(event));
    registry.set(Snapshots.of(EVERYWHERE));
    assertEquals(List.of(EVERYWHERE), matcher.match(event));
  }

  @ParameterizedTest
  @MethodSource("malformedConfigs")
  void whatIsNotOfTheExpectedFormCountsAsNotWritten(Map<String, Object> config) {
    assertEquals(List.of(EVERYWHERE), matchCompleted(config, EVERYWHERE, SPECIFIC, UNNAMED));
  }

  /** Each field on the way, with values of every type that a YAML parser yields. */
  static Stream<Arguments> malformedConfigs() {
    Map<Object, Object> numbersForNames = new HashMap<>();
    numbersForNames.put(1, 2);
    numbersForNames.put(null, null);
    List<Object> kinds =
        new ArrayList<>(
            Arrays.asList(
                null,
                "perhaps",
                "",
                9,
                1.5,
                Double.NaN,
                false,
                List.of(),
                Map.of(),
                Map.of("exclude", "yes"),
                numbersForNames,
                Arrays.asList(null, "9", 7.5, true, Map.of(), List.of(7), Double.NaN),
                List.of(BigInteger.ONE.shiftLeft(64).add(BigInteger.valueOf(7))),
                List.of(List.of("mine"), Map.of("mine", "mine"), "")));
    Stream.Builder<Arguments> configs = Stream.builder();
    for (Object kind : kinds) {
      configs.add(arguments(map("integrations", kind)));
      configs.add(arguments(map("integrations", map("webhooks", kind))));
      for (String field : List.of("exclude", "webhook_id", "webhook_name")) {
        configs.add(arguments(map("integrations", map("webhooks", map(field, kind)))));
      }
    }
    return configs.build();
  }

  private static Map<String, Object> map(String name, Object value) {
    return Collections.singletonMap(name, value);
  }

  private static Map<String, Object> webhooks(String field, Object value) {
    return config(Map.of(field, value));
  }

  private static Map<String, Object> config(Map<String, Object> webhooks) {
    return Map.of("integrations", Map.of("webhooks", webhooks));
  }

  private static List<Webhook> matchCompleted(Map<String, Object> config, Webhook... registered) {
    return match(ExperimentState.COMPLETED, config, registered);
  }

  private static List<Webhook> match(
      ExperimentState state, Map<String, Object> config, Webhook... registered) {
    RegistrySnapshot snapshot = Snapshots.of(registered);
    return new TriggerMatcher(() -> snapshot).match(event(state, config));
  }

  private static StateChanged event(ExperimentState state, Map<String, Object> config) {
    return new StateChanged(UUID.randomUUID(), NOW, experiment(state, config));
  }

  private static Experiment experiment(ExperimentState state, Map<String, Object> config) {
    return new Experiment(
        1,
        "experiment",
        state,
        new Ref(1, "admin"),
        NOW,
        Optional.empty(),
        "default",
        1,
        new Ref(WORKSPACE, "workspace"),
        new Ref(1, "project"),
        config);
  }

  private static Webhook webhook(long id, String name, WebhookMode mode, long workspaceId) {
    OptionalLong workspace = workspaceId == 0 ? OptionalLong.empty() : OptionalLong.of(workspaceId);
    return webhook(id, name, mode, workspace, ExperimentState.COMPLETED);
  }

  private static Webhook webhook(
      long id, String name, WebhookMode mode, OptionalLong workspaceId, ExperimentState... states) {
    return new Webhook(
        id,
        1,
        name,
        URI.create("http://receiver.example/hook"),
        PayloadForm.DEFAULT,
        mode,
        workspaceId,
        Arrays.stream(states).map(state -> new StoredTrigger(id, new StateChange(state))).toList());
  }
}
