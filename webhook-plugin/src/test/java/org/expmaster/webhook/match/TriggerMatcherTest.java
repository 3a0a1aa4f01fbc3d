package org.expmaster.webhook.match;

import static org.expmaster.webhook.match.Matching.ELSEWHERE;
import static org.expmaster.webhook.match.Matching.EVERYWHERE;
import static org.expmaster.webhook.match.Matching.HERE;
import static org.expmaster.webhook.match.Matching.NOW;
import static org.expmaster.webhook.match.Matching.config;
import static org.expmaster.webhook.match.Matching.event;
import static org.expmaster.webhook.match.Matching.experiment;
import static org.expmaster.webhook.match.Matching.match;
import static org.expmaster.webhook.match.Matching.matchCompleted;
import static org.expmaster.webhook.match.Matching.webhook;
import static org.expmaster.webhook.match.Matching.webhooks;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.event.Alert;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.registry.RegistrySnapshot;
import org.expmaster.webhook.registry.Snapshots;
import org.expmaster.webhook.registry.Trigger.Custom;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.Webhook.StoredTrigger;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which webhooks an event triggers. */
class TriggerMatcherTest {
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

  private static Webhook alerted(long id, WebhookMode mode) {
    return Fixtures.webhook(
        id,
        mode,
        List.of(new StoredTrigger(id, new Custom()), new StoredTrigger(id + 100, new Custom())));
  }

  private static List<Webhook> alert(Map<String, Object> config, Webhook... webhooks) {
    RegistrySnapshot snapshot = Snapshots.of(webhooks);
    return new TriggerMatcher(() -> snapshot, new Complaints())
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
  void whatIsMatchedIsWhatTheRegistryHoldsNow() {
    AtomicReference<RegistrySnapshot> registry = new AtomicReference<>(Snapshots.of());
    TriggerMatcher matcher = new TriggerMatcher(registry::get, new Complaints());
    StateChanged event = event(ExperimentState.COMPLETED, Map.of());
    assertEquals(List.of(), matcher.match(event));
    registry.set(Snapshots.of(EVERYWHERE));
    assertEquals(List.of(EVERYWHERE), matcher.match(event));
  }
}
