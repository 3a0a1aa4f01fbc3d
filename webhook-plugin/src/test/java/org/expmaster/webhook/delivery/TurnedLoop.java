package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.delivery.TurnedLoop.FIRST_RETRY;
import static org.expmaster.webhook.delivery.TurnedLoop.SECOND_RETRY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.expmaster.webhook.delivery.FakeSender.Sent;
import org.expmaster.webhook.http.Sender;

/** A delivery loop that the test turns, and its sender, which keeps the requests. */
final class TurnedLoop {
  static final Duration FIRST_RETRY = Duration.ofSeconds(10);
  static final Duration SECOND_RETRY = Duration.ofSeconds(100);

  private final DeliveryFixture fixture;
  final FakeSender sender = new FakeSender();
  final DeliveryLoop loop;

  TurnedLoop(DeliveryFixture fixture) {
    this.fixture = fixture;
    loop = another(sender, 100);
  }

  /** Returns another loop over the same outbox. */
  DeliveryLoop another(Sender with, int maxInFlight) {
    return fixture.loop(with, maxInFlight, FIRST_RETRY, SECOND_RETRY);
  }

  /** Sends a delivery to a new webhook. */
  Sent sendOne() throws SQLException {
    long webhook = fixture.webhook(10);
    fixture.commit(webhook, "e of " + webhook);
    loop.announce(webhook);
    loop.turn();
    List<Sent> sent = sender.take();
    assertEquals(1, sent.size());
    return sent.get(0);
  }

  /** Advances the clock, then follows, polls and turns. */
  void wait(Duration by) throws SQLException {
    fixture.clock.turn(by);
    loop.follow();
    loop.poll();
    loop.turn();
  }

  /** Returns two requests in flight, of eight with a limit of two; the first two have succeeded. */
  List<Sent> twoUnderWayAndTwoStandingBy() throws SQLException {
    long webhook = fixture.webhook(2);
    fixture.commit(webhook, "e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7");
    loop.announce(webhook);
    loop.turn();
    sender.take().forEach(sent -> sent.answer(200));
    loop.turn();
    assertEquals(4, loop.outstanding());
    List<Sent> underWay = sender.take();
    assertEquals(List.of("e2", "e3"), underWay.stream().map(Sent::eventId).toList());
    return underWay;
  }
}
