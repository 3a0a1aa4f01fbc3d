package org.expmaster.webhook.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.testing.Fixtures;
import org.expmaster.webhook.testing.Plans;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.expmaster.webhook.testing.WatchedDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Masters follow each other's edits exactly, at a cost that depends only on what has changed. */
abstract class RegistryFollowContract {
  private static final List<Trigger> TRIGGERS =
      List.of(
          new Trigger.StateChange(ExperimentState.COMPLETED),
          new Trigger.StateChange(ExperimentState.ERROR),
          new Trigger.StateChange(ExperimentState.CANCELED),
          new Trigger.TaskLog("a+"),
          new Trigger.TaskLog("b+"));

  private TestDatabase testDatabase;
  private WatchedDataSource watched;
  private Database database;
  private WebhookRegistry here;
  private WebhookRegistry there;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() throws Exception {
    testDatabase = fresh();
    watched = new WatchedDataSource(testDatabase.dataSource());
    database = Database.open(watched.dataSource());
    here = another();
    there = another();
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  @Test
  void whateverMastersMakeEditAndDeleteEachOfThemFollowsExactly() {
    Random random = new Random(8);
    List<WebhookRegistry> masters = List.of(here, there, another());
    for (int step = 0; step < 150; step++) {
      edit(masters.get(random.nextInt(masters.size())), random);
      if (random.nextBoolean()) {
        WebhookRegistry follower = masters.get(random.nextInt(masters.size()));
        follower.refresh();
        assertSame(another().snapshot(), follower.snapshot(), "after step " + step);
      }
    }
    assertFalse(here.snapshot().byId().isEmpty(), "something was left to compare");
  }

  /**
   * Creates a webhook, or edits or deletes one that this master knows and that may be out of date.
   */
  private static void edit(WebhookRegistry master, Random random) {
    List<Webhook> known = List.copyOf(master.snapshot().byId().values());
    int dice = known.isEmpty() ? 0 : random.nextInt(10);
    Webhook one = known.isEmpty() ? null : known.get(random.nextInt(known.size()));
    try {
      if (dice < 4) {
        master.create(draft(random), 1);
      } else if (dice < 8) {
        master.update(one.id(), one.version(), draft(random));
      } else {
        master.delete(one.id(), one.version());
      }
    } catch (DuplicateNameException rolledBack) {
      // some of the twenty names are taken
    }
  }

  private static WebhookDraft draft(Random random) {
    List<Trigger> triggers = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      triggers.add(TRIGGERS.get(random.nextInt(TRIGGERS.size())));
    }
    return draft("name " + random.nextInt(20), random.nextInt(3), triggers);
  }

  private static WebhookDraft draft(String name, long workspaceId, List<Trigger> triggers) {
    return new WebhookDraft(
        name,
        URI.create("http://receiver.example/" + name.replace(' ', '-')),
        PayloadForm.DEFAULT,
        WebhookMode.WORKSPACE,
        workspaceId == 0 ? OptionalLong.empty() : OptionalLong.of(workspaceId),
        triggers);
  }

  private static void assertSame(RegistrySnapshot read, RegistrySnapshot followed, String when) {
    assertEquals(List.copyOf(read.byId().values()), List.copyOf(followed.byId().values()), when);
    assertEquals(read.version(), followed.version(), when);
    for (ExperimentState state : ExperimentState.values()) {
      assertEquals(read.triggeredBy(state), followed.triggeredBy(state), when + " for " + state);
    }
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
    assertSame(another().snapshot(), there.snapshot(), "at last");
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
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("UPDATE webhooks_registry_version SET version = version + 20000"));
    long last = here.create(Fixtures.draft("b"), 1).id();
    here.delete(last, 1);
    assertEquals(1, rowsOf("webhooks_deleted"), "the first deletion is forgotten");
    there.refresh();
    assertTrue(there.snapshot().find(gone).isEmpty());
  }

  @Test
  void aDatabaseThatWasPutBackToAnEarlierStateIsReadAnew() {
    here.create(Fixtures.draft("a"), 1);
    long lost = here.create(Fixtures.draft("b"), 1).id();
    database
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
  @Timeout(120)
  void aRefreshThatRacesWithEditsNeverGoesBack() throws Exception {
    AtomicBoolean editing = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> refreshers = new ArrayList<>();
      for (WebhookRegistry master : List.of(here, here, there)) {
        refreshers.add(threads.submit(() -> neverGoesBack(master, editing)));
      }
      Callable<Void> edits =
          () -> {
            Random random = new Random(9);
            for (int i = 0; i < 60; i++) {
              edit(random.nextBoolean() ? here : there, random);
            }
            return null;
          };
      threads.submit(edits).get();
      editing.set(false);
      for (Future<Boolean> refresher : refreshers) {
        assertTrue(refresher.get());
      }
    } finally {
      threads.shutdownNow();
    }
    here.refresh();
    there.refresh();
    assertSame(another().snapshot(), here.snapshot(), "here");
    assertSame(another().snapshot(), there.snapshot(), "there");
  }

  private static boolean neverGoesBack(WebhookRegistry master, AtomicBoolean editing) {
    long seen = 0;
    while (editing.get()) {
      master.refresh();
      long now = master.snapshot().version();
      if (now < seen) {
        return false;
      }
      seen = now;
    }
    return true;
  }

  @Test
  void anEditCostsTheSameWhateverNumberOfWebhooksThereIs() throws Exception {
    fill(10);
    long few = rowsOfEdits();
    fill(20_000);
    assertEquals(few, rowsOfEdits(), "rows read");
    assertEquals(
        List.of(),
        Plans.wholeTables(database, watched.statements()).stream()
            .filter(table -> !table.equals("webhooks_registry_version"))
            .filter(table -> rowsOf(table) > 100)
            .toList());
  }

  private long rowsOfEdits() {
    WebhookRegistry editor = another();
    WebhookRegistry follower = another();
    watched.reset();
    Webhook made = editor.create(draft("new", 0, TRIGGERS), 1);
    editor.update(made.id(), made.version(), draft("newer", 0, TRIGGERS.subList(1, 3)));
    follower.refresh();
    editor.delete(made.id(), made.version() + 1);
    follower.refresh();
    return watched.rows();
  }

  /** Adds webhooks and updates the statistics of the database's query planner. */
  private void fill(int count) {
    Fixtures.fill(database, count);
    database.jdbi().useHandle(handle -> handle.execute("ANALYZE"));
  }

  private long rowsOf(String table) {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
  }

  private WebhookRegistry another() {
    return new WebhookRegistry(database, new TurnableClock());
  }
}
