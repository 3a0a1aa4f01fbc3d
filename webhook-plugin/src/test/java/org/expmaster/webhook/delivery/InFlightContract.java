package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.outbox.DeliveryState.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.expmaster.webhook.delivery.FakeSender.Sent;
import org.expmaster.webhook.health.Health;
import org.junit.jupiter.api.Test;

/** How many requests are in flight or stand by, and what makes room for others. */
abstract class InFlightContract extends TurnedLoopContract {
  @Test
  void aWebhookThatHangsCostsOnlyItself() throws SQLException {
    long hanging = fixture.webhook(2);
    long healthy = fixture.webhook(2);
    fixture.commit(hanging, "h1", "h2", "h3", "h4", "h5");
    loop.announce(hanging);
    loop.turn();
    assertEquals(2, sender.take().size(), "no more than it may have in flight");

    for (int i = 0; i < 20; i++) {
      fixture.commit(healthy, "ok" + i);
      loop.announce(healthy);
      loop.turn();
      List<Sent> sent = sender.take();
      assertEquals(List.of("ok" + i), sent.stream().map(Sent::eventId).toList());
      sent.get(0).answer(200);
    }
    assertEquals(3, loop.outstanding(), "the two that hang and the last one, not yet recorded");
  }

  @Test
  void whatDidNotFitIsSentAsSoonAsThereIsRoom() throws SQLException {
    long webhook = fixture.webhook(1);
    fixture.commit(webhook, "e1", "e2", "e3");
    loop.announce(webhook);
    for (String expected : new String[] {"e1", "e2", "e3"}) {
      loop.turn();
      Sent sent = sender.take().get(0);
      assertEquals(expected, sent.eventId());
      sent.answer(200);
    }
    loop.turn();
    assertEquals(0, fixture.count(WAITING));
  }

  @Test
  void whatStandsByGoesOutTheMomentAnotherHasArrived() throws SQLException {
    List<Sent> underWay = turned.twoUnderWayAndTwoStandingBy();

    underWay.get(0).answer(200);

    assertEquals(List.of("e4"), sender.take().stream().map(Sent::eventId).toList(), "no turn");
    underWay.get(1).answer(500);
    assertEquals(List.of(), sender.take(), "a failure hands on nothing");
  }

  @Test
  void whatStandsByBehindAHangingRequestIsGivenBack() throws SQLException {
    turned.twoUnderWayAndTwoStandingBy();
    fixture.clock.turn(Duration.ofSeconds(1));
    loop.turn();

    assertEquals(2, loop.outstanding(), "those that hang");
    assertEquals(4, sentByAnotherMaster(), "the two given back and the two never claimed");
  }

  @Test
  void whatStandsByIsGivenBackBeforeTheEnd() throws SQLException {
    turned.twoUnderWayAndTwoStandingBy();
    loop.recordOnly();

    assertEquals(2, loop.outstanding());
    assertEquals(4, sentByAnotherMaster());
  }

  @Test
  void noMoreIsInFlightInAllThanIsAllowed() throws SQLException {
    DeliveryLoop narrow = turned.another(sender, 3);
    for (int i = 0; i < 5; i++) {
      long webhook = fixture.webhook(10);
      fixture.commit(webhook, "a" + i, "b" + i);
      narrow.announce(webhook);
    }
    int sent = 0;
    while (narrow.couldClaim()) {
      narrow.turn();
      sent += sender.take().size();
    }
    assertEquals(3, sent);
  }

  @Test
  void aRequestThatIsSlowMakesRoomForAnotherWebhookAtOnce() throws SQLException {
    DeliveryLoop narrow = turned.another(sender, 2);
    long slow = fixture.webhook(10);
    fixture.commit(slow, "s1", "s2", "s3");
    narrow.announce(slow);
    narrow.turn();
    assertEquals(2, sender.take().size());
    long quick = fixture.webhook(10);
    fixture.commit(quick, "q1");
    narrow.announce(quick);
    narrow.turn();
    assertEquals(List.of(), sender.take());

    fixture.clock.turn(narrow.untilLaneChange().orElseThrow());
    narrow.turn();
    assertEquals(List.of("q1"), sender.take().stream().map(Sent::eventId).toList());
    assertEquals(2, narrow.underWay(Lane.SLOW));
  }

  @Test
  void aFailingWebhookIsKnownToBeSlowAfterARestart() throws SQLException {
    long failing = fixture.webhook(10);
    Instant now = fixture.clock.instant();
    fixture.health.put(
        failing, new Health(Optional.of(now), Optional.empty(), Optional.empty(), "it hangs"));
    fixture.commit(failing, "e1");
    loop.follow();
    loop.poll();
    loop.turn();
    assertEquals(1, loop.underWay(Lane.SLOW));
  }

  private int sentByAnotherMaster() throws SQLException {
    fixture.targets.replaceAll((id, target) -> new Target(id, target.receiver(), 100));
    FakeSender elsewhere = new FakeSender();
    DeliveryLoop another = turned.another(elsewhere, 100);
    another.poll();
    another.turn();
    return elsewhere.take().size();
  }
}
