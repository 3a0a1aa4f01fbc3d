package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.outbox.DeliveryState.DEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.webhook.delivery.FakeSender.Sent;
import org.junit.jupiter.api.Test;

/** What the loop sends to a webhook that fails or asks for a pause. */
abstract class FailingWebhookContract extends TurnedLoopContract {
  @Test
  void aFailingWebhookIsProbedByOneRequestAtATimeAndWhatWaitedGoesOutWhenItIsWell()
      throws SQLException {
    long webhook = fixture.webhook(10);
    for (int i = 0; i < 30; i++) {
      fixture.commit(webhook, "e" + i);
    }
    loop.announce(webhook);
    loop.turn();
    sender.take().forEach(sent -> sent.answer(500));
    loop.turn();
    assertEquals(List.of(), sender.take(), "paused");

    turned.wait(CircuitState.FIRST_PAUSE);
    List<Sent> probe = sender.take();
    assertEquals(1, probe.size());
    probe.get(0).answer(200);
    loop.turn();
    loop.turn();
    assertEquals(10, sender.take().size(), "all it may have in flight");
  }

  @Test
  void aWebhookPausedByItsReceiverGetsNothingUntilThePauseIsOver() throws SQLException {
    long webhook = fixture.webhook(1);
    fixture.commit(webhook, "e1", "e2");
    loop.announce(webhook);
    loop.turn();
    sender.take().get(0).answer(429, Optional.of("30"));
    loop.turn();
    turned.wait(Duration.ofSeconds(29));
    assertEquals(List.of(), sender.take());
    turned.wait(Duration.ofSeconds(1));
    assertEquals(1, sender.take().size());
  }

  @Test
  void afterARetryAfterNothingMoreIsSentThanWasUnderWay() throws SQLException {
    long webhook = fixture.webhook(16);
    for (int i = 0; i < 120; i++) {
      fixture.commit(webhook, "e" + i);
    }
    loop.announce(webhook);
    loop.turn();
    sender.take().forEach(sent -> sent.answer(200));
    loop.turn();
    List<Sent> underWay = sender.take();
    assertEquals(16, underWay.size());
    assertTrue(loop.outstanding() > 16, "some stand by");
    for (int i = 0; i < 16; i++) {
      if (i % 8 == 0) {
        underWay.get(i).answer(429, Optional.of("60"));
      } else {
        underWay.get(i).answer(200);
      }
      assertEquals(List.of(), sender.take(), "not even before the loop has turned");
    }
    for (int second = 0; second < 60; second++) {
      loop.follow();
      loop.poll();
      loop.turn();
      assertEquals(List.of(), sender.take());
      fixture.clock.turn(Duration.ofSeconds(1));
    }
    turned.wait(Duration.ZERO);
    assertEquals(16, sender.take().size());
  }

  @Test
  void payloadsThatAreTooLargeAreNoFailuresOfTheirWebhook() throws SQLException {
    long webhook = fixture.webhook(10);
    for (int i = 0; i < 10; i++) {
      fixture.commit(webhook, "x".repeat(256 * 1024));
    }
    loop.announce(webhook);
    loop.turn();
    loop.turn();
    assertEquals(10, fixture.count(DEAD));
    assertEquals(Map.of(), fixture.health.unwell());
  }

  @Test
  void whatItsOldUrlFailedWithSaysNothingAboutItsNewOne() throws SQLException {
    long webhook = fixture.webhook(10);
    fixture.commit(webhook, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    loop.announce(webhook);
    loop.turn();
    List<Sent> underWay = sender.take();
    fixture.move(webhook, "http://new.example/hook");
    loop.heed(webhook);
    underWay.forEach(sent -> sent.answer(500));
    loop.turn();
    assertEquals(Map.of(), fixture.health.unwell());
  }

  @Test
  void whatOneMasterFoundOfAWebhookTheOthersHeed() throws SQLException {
    turned.sendOne().answer(410);
    loop.turn();
    long webhook = fixture.targets.keySet().iterator().next();

    FakeSender elsewhere = new FakeSender();
    DeliveryLoop another = turned.another(elsewhere, 100);
    fixture.commit(webhook, "e2");
    another.follow();
    another.poll();
    another.announce(webhook);
    another.turn();
    assertEquals(List.of(), elsewhere.take());
  }
}
