package org.expmaster.webhook.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.testing.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an edit changes, and what it leaves as it was; tested on every database. */
abstract class WebhookUpdateContract extends RegistriesContract {
  private WebhookRegistry registry;

  @BeforeEach
  void startMaster() {
    registry = registries.another();
  }

  @Test
  void anEditChangesEveryFieldAndKeepsTheIdsOfTriggersThatStay() {
    Trigger completed = new Trigger.StateChange(ExperimentState.COMPLETED);
    Trigger error = new Trigger.StateChange(ExperimentState.ERROR);
    Webhook made = registry.create(Fixtures.draft("before"), 3);
    WebhookDraft edited =
        new WebhookDraft(
            "after",
            Endpoint.at("https://after.example/"),
            new PayloadForm(WebhookType.DEFAULT, 1, "{{url}}"),
            WebhookMode.SPECIFIC,
            OptionalLong.of(12),
            List.of(error, completed, completed));

    assertTrue(registry.update(made.id(), made.version(), edited));

    Webhook read = registry.snapshot().find(made.id()).orElseThrow();
    assertEquals(read, registries.another().snapshot().find(made.id()).orElseThrow());
    assertEquals(made.version() + 1, read.version());
    assertEquals(edited.name(), read.name());
    assertEquals(edited.url(), read.url());
    assertEquals(edited.form(), read.form());
    assertEquals(edited.mode(), read.mode());
    assertEquals(edited.workspaceId(), read.workspaceId());
    assertEquals(made.triggers().get(0), read.triggers().get(0));
    assertEquals(
        List.of(completed, error, completed),
        read.triggers().stream().map(Webhook.StoredTrigger::trigger).toList());

    assertTrue(registry.update(made.id(), read.version(), Fixtures.draft("before")));
    assertEquals(made.triggers(), registry.snapshot().find(made.id()).orElseThrow().triggers());
    assertEquals(1, registries.rowsOf("webhooks_trigger"));
  }

  @Test
  void anEditOrADeletionForAnotherVersionChangesNothing() {
    Webhook made = registry.create(Fixtures.draft("first"), 1);
    assertTrue(registry.update(made.id(), 1, Fixtures.draft("second")));
    Webhook second = registry.snapshot().find(made.id()).orElseThrow();

    for (long version : new long[] {0, 1, 3}) {
      assertFalse(registry.update(made.id(), version, Fixtures.draft("third")));
      assertFalse(registry.delete(made.id(), version));
    }

    assertEquals(second, registries.another().snapshot().find(made.id()).orElseThrow());
    assertTrue(registry.delete(made.id(), 2));
    assertFalse(registry.update(made.id(), 3, Fixtures.draft("gone")));
  }

  @Test
  void ofManyWhoEditTheSameVersionOneSucceeds() throws Exception {
    Webhook made = registry.create(Fixtures.draft("first"), 1);
    ExecutorService editors = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> edits = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String name = "edit " + i;
        edits.add(
            () -> registries.another().update(made.id(), made.version(), Fixtures.draft(name)));
      }
      int succeeded = 0;
      for (Future<Boolean> edit : editors.invokeAll(edits)) {
        succeeded += edit.get() ? 1 : 0;
      }
      assertEquals(1, succeeded);
    } finally {
      editors.shutdownNow();
    }
    assertEquals(2, registries.another().snapshot().find(made.id()).orElseThrow().version());
  }

  @Test
  void whatAUrlWasBlamedForIsForgottenWithItUnlessSomeoneHasToEnableIt() throws Exception {
    HealthStore health = new HealthStore(registries.database);
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    Health failing =
        new Health(Optional.of(noon), Optional.of(noon), Optional.empty(), "it answered 500");
    Webhook made = registry.create(Fixtures.draft("first"), 1);
    health.put(made.id(), failing);
    registry.update(made.id(), 1, Fixtures.draft("second"));
    assertEquals(Map.of(made.id(), failing), health.unwell(), "the URL is the same");

    registry.update(made.id(), 2, movedTo("http://b.example"));
    assertEquals(Map.of(), health.unwell());

    health.put(made.id(), failing.disabled(noon, "gone"));
    registry.update(made.id(), 3, movedTo("http://c.example"));
    assertEquals(Set.of(made.id()), health.unwell().keySet());
  }

  private static WebhookDraft movedTo(String url) {
    WebhookDraft draft = Fixtures.draft("moved");
    return new WebhookDraft(
        draft.name(),
        Endpoint.at(url),
        draft.form(),
        draft.mode(),
        draft.workspaceId(),
        draft.triggers());
  }

  @Test
  void anEditThatTakesANameThatIsTakenLeavesEverythingAsItWas() {
    registry.create(Fixtures.draft("taken", 3), 1);
    Webhook made = registry.create(Fixtures.draft("free", 3), 1);
    WebhookDraft draft = Fixtures.draft("taken", 3);
    assertThrows(DuplicateNameException.class, () -> registry.update(made.id(), 1, draft));
    assertEquals(made, registries.another().snapshot().find(made.id()).orElseThrow());
  }
}
