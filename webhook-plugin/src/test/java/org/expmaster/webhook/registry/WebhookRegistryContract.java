package org.expmaster.webhook.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the registry keeps, and what it does not keep; tested on every database. */
abstract class WebhookRegistryContract extends RegistriesContract {
  private WebhookRegistry registry;

  @BeforeEach
  void startMaster() {
    registry = registries.another();
  }

  @Test
  void aWebhookIsReadBackAsItWasMade() {
    WebhookDraft draft =
        new WebhookDraft(
            "größe 🎉",
            Endpoint.at("https://user.example:8443/a?b=c"),
            PayloadForm.DEFAULT,
            WebhookMode.SPECIFIC,
            OptionalLong.of(12),
            List.of(
                new Trigger.StateChange(ExperimentState.ERROR),
                new Trigger.StateChange(ExperimentState.COMPLETED),
                new Trigger.TaskLog("(?i)cuda .*\n'größe' \"🎉\""),
                new Trigger.Custom(),
                new Trigger.MetricThreshold("val loss, ≤ 1", Comparison.BELOW, -1e-300),
                new Trigger.MetricThreshold("", Comparison.AT_LEAST, 0.1)));

    Webhook made = registry.create(draft, 3);

    Webhook read = registries.another().snapshot().find(made.id()).orElseThrow();
    assertEquals(made, read);
    assertEquals(draft.name(), read.name());
    assertEquals(draft.url(), read.url());
    assertEquals(draft.mode(), read.mode());
    assertEquals(draft.workspaceId(), read.workspaceId());
    assertEquals(
        draft.triggers(), read.triggers().stream().map(Webhook.StoredTrigger::trigger).toList());
  }

  @Test
  void aWebhookWithSeveralTriggersOnAStateFiresOnce() {
    Trigger completed = new Trigger.StateChange(ExperimentState.COMPLETED);
    WebhookDraft twice =
        new WebhookDraft(
            "",
            Endpoint.at("http://a.example"),
            PayloadForm.DEFAULT,
            WebhookMode.WORKSPACE,
            OptionalLong.empty(),
            List.of(completed, completed));
    registry.create(twice, 1);
    assertEquals(1, registry.snapshot().triggeredBy(ExperimentState.COMPLETED).size());
    assertEquals(List.of(), registry.snapshot().triggeredBy(ExperimentState.ERROR));
  }

  @Test
  void aNameIsUniqueInItsWorkspaceAndAFailedCreationLeavesNothing() {
    registry.create(Fixtures.draft("taken", 3), 1);

    assertThrows(
        DuplicateNameException.class, () -> registry.create(Fixtures.draft("taken", 3), 1));

    assertEquals(1, registries.another().snapshot().byId().size());
    assertEquals(1, registries.rowsOf("webhooks_trigger"));
  }

  @Test
  void theSameNameIsFreeInAnotherWorkspaceAndNoNameIsAlwaysFree() {
    registry.create(Fixtures.draft("taken", 3), 1);
    WebhookDraft same = Fixtures.draft("taken", 3);
    registry.create(
        new WebhookDraft(
            same.name(),
            same.endpoint(),
            same.form(),
            same.mode(),
            OptionalLong.of(2),
            same.triggers()),
        1);
    registry.create(Fixtures.draft(""), 1);
    registry.create(Fixtures.draft(""), 1);
    assertEquals(4, registry.snapshot().byId().size());
  }

  @Test
  void aDeletedWebhookIsGoneWithItsTriggers() {
    long id = registry.create(Fixtures.draft("a"), 1).id();
    assertTrue(registry.delete(id, 1));
    assertFalse(registry.delete(id, 1));
    assertEquals(Set.of(), registry.snapshot().byId().keySet());
    assertEquals(0, registries.rowsOf("webhooks_trigger"));
  }

  @Test
  void anIdIsNeverGivenTwice() {
    long first = registry.create(Fixtures.draft("a"), 1).id();
    registry.delete(first, 1);
    assertTrue(registry.create(Fixtures.draft("a"), 1).id() > first);
  }

  @Test
  void whatAnotherMasterChangesIsKnownAfterARefreshAndOnlyThenReadAnew() {
    WebhookRegistry other = registries.another();
    RegistrySnapshot before = other.snapshot();
    other.refresh();
    assertSame(before, other.snapshot(), "nothing changed, so nothing is read");

    long id = registry.create(Fixtures.draft("a"), 1).id();
    other.refresh();
    assertTrue(other.snapshot().find(id).isPresent());

    registry.delete(id, 1);
    other.refresh();
    assertTrue(other.snapshot().find(id).isEmpty());
  }
}
