package org.expmaster.webhook.registry;

import static org.expmaster.webhook.registry.Registries.TRIGGERS;
import static org.expmaster.webhook.registry.Registries.assertSame;
import static org.expmaster.webhook.registry.Registries.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.Plans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Masters follow each other's edits exactly, at a cost that depends only on what has changed. */
abstract class RegistryFollowContract extends RegistriesContract {
  private WebhookRegistry here;
  private WebhookRegistry there;

  @BeforeEach
  void startMasters() {
    here = registries.another();
    there = registries.another();
  }

  @Test
  void whatIsEditedTwiceBeforeAnyoneLooksIsSeenAsItIsAndWhatIsGoneAgainIsNot() {
    long kept = here.create(Fixtures.draft("a"), 1).id();
    here.update(kept, 1, Fixtures.draft("b"));
    here.update(kept, 2, Fixtures.draft("c"));
    long gone = here.create(Fixtures.draft("d"), 1).id();
    here.delete(gone, 1);
    there.refresh();
    assertEquals("c", there.snapshot().find(kept).orElseThrow().name());
    assertTrue(there.snapshot().find(gone).isEmpty());
    assertSame(registries.another().snapshot(), there.snapshot(), "at last");
  }

  @Test
  void anEditThatIsRolledBackLeavesNoGapThatHidesTheNextOne() {
    here.create(Fixtures.draft("taken", 3), 1);
    there.refresh();
    WebhookDraft taken = Fixtures.draft("taken", 3);
    assertThrows(DuplicateNameException.class, () -> here.create(taken, 1));
    there.refresh();
    long next = here.create(Fixtures.draft("next"), 1).id();
    there.refresh();
    assertTrue(there.snapshot().find(next).isPresent());
  }

  @Test
  void whoIsTooFarBehindToBeToldOfDeletionsReadsEverything() {
    long gone = here.create(Fixtures.draft("a"), 1).id();
    there.refresh();
    here.delete(gone, 1);
    registries
        .database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("UPDATE webhooks_registry_version SET version = version + 20000"));
    long last = here.create(Fixtures.draft("b"), 1).id();
    here.delete(last, 1);
    assertEquals(1, registries.rowsOf("webhooks_deleted"), "the first deletion is forgotten");
    there.refresh();
    assertTrue(there.snapshot().find(gone).isEmpty());
  }

  @Test
  void aDatabaseThatWasPutBackToAnEarlierStateIsReadAnew() {
    here.create(Fixtures.draft("a"), 1);
    long lost = here.create(Fixtures.draft("b"), 1).id();
    registries
        .database
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("DELETE FROM webhooks_trigger WHERE webhook_id = ?", lost);
              handle.execute("DELETE FROM webhooks_webhook WHERE id = ?", lost);
              handle.execute("UPDATE webhooks_registry_version SET version = version - 1");
            });
    here.refresh();
    assertTrue(here.snapshot().find(lost).isEmpty());
  }

  @Test
  void anEditCostsTheSameWhateverNumberOfWebhooksThereIs() throws Exception {
    fill(10);
    long few = rowsOfEdits();
    fill(20_000);
    assertEquals(few, rowsOfEdits(), "rows read");
    assertEquals(
        List.of(),
        Plans.wholeTables(registries.database, registries.watched.statements()).stream()
            .filter(table -> !table.equals("webhooks_registry_version"))
            .filter(table -> registries.rowsOf(table) > 100)
            .toList());
  }

  private long rowsOfEdits() {
    WebhookRegistry editor = registries.another();
    WebhookRegistry follower = registries.another();
    registries.watched.reset();
    Webhook made = editor.create(draft("new", 0, TRIGGERS), 1);
    editor.update(made.id(), made.version(), draft("newer", 0, TRIGGERS.subList(1, 3)));
    follower.refresh();
    editor.delete(made.id(), made.version() + 1);
    follower.refresh();
    return registries.watched.rows();
  }

  /** Adds webhooks and updates the statistics of the database's query planner. */
  private void fill(int count) {
    Fixtures.fill(registries.database, count);
    registries.database.jdbi().useHandle(handle -> handle.execute("ANALYZE"));
  }
}
