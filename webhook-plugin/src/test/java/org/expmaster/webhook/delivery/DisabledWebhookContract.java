package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.outbox.DeliveryState.DELIVERED;
import static org.expmaster.webhook.outbox.DeliveryState.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.expmaster.webhook.delivery.FakeSender.Sent;
import org.expmaster.webhook.health.Health;
import org.junit.jupiter.api.Test;

/** Nothing is sent to a disabled webhook, whatever comes in, until a user enables it. */
abstract class DisabledWebhookContract extends TurnedLoopContract {
  @Test
  void aDisabledWebhookKeepsWhatWaitsAndSendsItOnceItIsEnabled() throws SQLException {
    long webhook = fixture.webhook(1);
    fixture.commit(webhook, "e1");
    loop.announce(webhook);
    loop.turn();
    sender.take().get(0).answer(410);
    loop.turn();
    assertTrue(fixture.health.unwell().get(webhook).disabledAt().isPresent());
    fixture.commit(webhook, "e2");
    turned.wait(Duration.ofDays(30));
    assertEquals(List.of(), sender.take());

    fixture.health.put(webhook, Health.WELL);
    turned.wait(Duration.ZERO);
    sender.take().get(0).answer(200);
    turned.wait(Duration.ZERO);
    sender.take().get(0).answer(200);
    loop.turn();
    assertEquals(2, fixture.count(DELIVERED));
  }

  @Test
  void nothingIsSentOnceItIsDisabledNotEvenWhatWasClaimedOrStoodBy() throws SQLException {
    List<Sent> underWay = turned.twoUnderWayAndTwoStandingBy();
    long webhook = fixture.targets.keySet().iterator().next();
    underWay.forEach(sent -> assertTrue(sent.request().mayGo().getAsBoolean()));
    fixture.health.put(webhook, Health.WELL.disabled(fixture.clock.instant(), "by ann"));
    loop.heed(webhook);
    underWay.forEach(
        sent -> assertFalse(sent.request().mayGo().getAsBoolean(), "if it still connects"));

    underWay.get(0).answer(200);
    underWay.get(1).answer(200);
    loop.turn();
    loop.turn();
    assertEquals(List.of(), sender.take());
    assertEquals(0, loop.outstanding(), "all given back");
    assertEquals(4, fixture.count(WAITING));
    assertTrue(fixture.health.unwell().get(webhook).disabledAt().isPresent());
  }

  @Test
  void whatWaitsGoesOutAtOnceWhenItIsEnabled() throws SQLException {
    long webhook = fixture.webhook(1);
    fixture.health.put(webhook, Health.WELL.disabled(fixture.clock.instant(), "by ann"));
    loop.heed(webhook);
    fixture.commit(webhook, "e1");
    loop.announce(webhook);
    loop.turn();
    assertEquals(List.of(), sender.take());

    fixture.health.put(webhook, Health.WELL);
    loop.heed(webhook);
    loop.turn();
    assertEquals(1, sender.take().size());
  }

  @Test
  void aWebhookDisabledWhileItsAnswersAreOnTheirWayStaysDisabledHoweverTheyEnd()
      throws SQLException {
    for (int status : new int[] {200, 410, 429, 500}) {
      long webhook = fixture.webhook(10);
      fixture.commit(webhook, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
      loop.announce(webhook);
      loop.turn();
      List<Sent> underWay = sender.take();
      Health disabled = Health.WELL.disabled(fixture.clock.instant(), "by ann");
      fixture.health.put(webhook, disabled);
      // as if on another master: this one does not know it when the responses come in
      underWay.forEach(sent -> sent.answer(status, Optional.of("60")));
      loop.turn();
      assertEquals(disabled, fixture.health.unwell().get(webhook), "after " + status);

      fixture.commit(webhook, "k");
      loop.follow();
      loop.announce(webhook);
      loop.turn();
      assertEquals(List.of(), sender.take(), "after " + status);
    }
  }

  @Test
  void anAnswerToAProbeThatCameAfterItWasDisabledDoesNotEnableIt() throws SQLException {
    long webhook = failing();
    turned.wait(CircuitState.FIRST_PAUSE);
    Sent probe = sender.take().get(0);
    Health disabled = Health.WELL.disabled(fixture.clock.instant(), "by ann");
    fixture.health.put(webhook, disabled);
    probe.answer(200);
    loop.turn();
    assertEquals(disabled, fixture.health.unwell().get(webhook));
  }

  /** Returns a webhook with an open circuit and a delivery due. */
  private long failing() throws SQLException {
    long webhook = fixture.webhook(10);
    fixture.commit(webhook, "a", "b", "c", "d", "e", "f");
    loop.announce(webhook);
    loop.turn();
    sender.take().forEach(sent -> sent.answer(500));
    loop.turn();
    fixture.commit(webhook, "g");
    return webhook;
  }
}
