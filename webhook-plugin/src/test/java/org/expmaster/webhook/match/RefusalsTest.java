package org.expmaster.webhook.match;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.RegistrySnapshot;
import org.expmaster.webhook.registry.Snapshots;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookMode;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final Webhook WEBHOOK =
      new Webhook(
          1,
          1,
          "",
          URI.create("http://receiver.example"),
          PayloadForm.DEFAULT,
          WebhookMode.WORKSPACE,
          OptionalLong.of(7),
          List.of());

  private final TurnableClock clock = new TurnableClock();
  private final AtomicReference<RegistrySnapshot> registry =
      new AtomicReference<>(Snapshots.of(WEBHOOK));
  private final Refusals refusals = new Refusals(registry::get, clock);

  @Test
  void whatWasRefusedIsKnownForAWhileAndNoLonger() {
    note("a");
    assertTrue(refusals.has(5, "a"));
    assertFalse(refusals.has(5, "b"));
    assertFalse(refusals.has(6, "a"));
    clock.turn(Duration.ofSeconds(10));
    assertFalse(refusals.has(5, "a"), "an experiment may have been moved");
    note("b");
    assertTrue(refusals.has(5, "b"));
    assertFalse(refusals.has(5, "a"));
  }

  @Test
  void itIsForgottenAtOnceWhenAnyoneEditsAWebhook() {
    note("a");
    registry.set(Snapshots.of(WEBHOOK));
    assertFalse(refusals.has(5, "a"));
  }

  @Test
  void aClockThatIsSetBackMakesNoRefusalLastLonger() {
    note("a");
    clock.turn(Duration.ofHours(-1));
    assertFalse(refusals.has(5, "a"));
  }

  @Test
  void itHoldsOnlySoMuch() {
    for (int i = 0; i <= 20_000; i++) {
      note("task " + i);
    }
    assertTrue(refusals.has(5, "task 20000"));
    assertFalse(refusals.has(5, "task 0"));
  }

  private void note(String subject) {
    refusals.note(
        new Candidate(
            WEBHOOK,
            5,
            subject,
            OptionalLong.of(1),
            experiment -> {
              throw new AssertionError("nobody asks for the event");
            }));
  }
}
