package org.expmaster.webhook.registry;

import static org.expmaster.webhook.registry.Registries.TRIGGERS;
import static org.expmaster.webhook.registry.Registries.assertSame;
import static org.expmaster.webhook.registry.Registries.draft;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Masters that edit at random, one after the other and at once, end with what the database has. */
abstract class RandomEditsContract extends RegistriesContract {
  private WebhookRegistry here;
  private WebhookRegistry there;

  @BeforeEach
  void startMasters() {
    here = registries.another();
    there = registries.another();
  }

  @Test
  void whateverMastersMakeEditAndDeleteEachOfThemFollowsExactly() {
    Random random = new Random(8);
    List<WebhookRegistry> masters = List.of(here, there, registries.another());
    for (int step = 0; step < 150; step++) {
      edit(masters.get(random.nextInt(masters.size())), random);
      if (random.nextBoolean()) {
        WebhookRegistry follower = masters.get(random.nextInt(masters.size()));
        follower.refresh();
        assertSame(registries.another().snapshot(), follower.snapshot(), "after step " + step);
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
    return Registries.draft("name " + random.nextInt(20), random.nextInt(3), triggers);
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
    assertSame(registries.another().snapshot(), here.snapshot(), "here");
    assertSame(registries.another().snapshot(), there.snapshot(), "there");
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
}
