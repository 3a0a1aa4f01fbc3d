package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.outbox.DeliveryState.DELIVERED;
import static org.expmaster.webhook.outbox.DeliveryState.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.expmaster.webhook.delivery.FakeSender.Sent;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the loop records results, and how many at once. */
abstract class ResultBatchContract {
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final FakeSender sender = new FakeSender();
  private DeliveryFixture fixture;
  private DeliveryLoop loop;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    fixture = new DeliveryFixture(fresh());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatIsToBeSentDoesNotWaitForAFewResultsButTheseWaitForALittleWhileOnly()
      throws SQLException {
    Duration linger = Duration.ofMillis(2);
    loop = fixture.lingeringLoop(linger, sender, 100, RETRY);
    long webhook = fixture.webhook(100);
    sendAll(webhook, "e1");
    sender.take().get(0).answer(200);

    sendAll(webhook, "e2");
    assertEquals(1, sender.take().size());
    assertEquals(0, fixture.count(DELIVERED), "the claim did not wait for the result");
    assertEquals(1, loop.toRecord());

    fixture.clock.turn(linger);
    sendAll(webhook, "e3");
    assertEquals(1, fixture.count(DELIVERED));
    assertEquals(0, loop.toRecord());
  }

  @Test
  void manyResultsOrResultsAloneAreRecordedAtOnce() throws SQLException {
    loop = fixture.lingeringLoop(Duration.ofMillis(2), sender, 100, RETRY);
    long webhook = fixture.webhook(100);
    sendAll(
        webhook,
        IntStream.range(0, Unrecorded.ENOUGH).mapToObj(i -> "e" + i).toArray(String[]::new));
    sender.take().forEach(sent -> sent.answer(200));
    sendAll(webhook, "one more");
    assertEquals(Unrecorded.ENOUGH, fixture.count(DELIVERED));

    sender.take().get(0).answer(200);
    loop.turn();
    assertEquals(Unrecorded.ENOUGH + 1, fixture.count(DELIVERED));
  }

  @Test
  void thousandsThatEndTogetherAreRecordedInTurnsOfSomeHundreds() throws SQLException {
    int many = 1_200;
    DeliveryLoop wide = fixture.loop(sender, many, RETRY);
    String[] events = IntStream.range(0, many).mapToObj(i -> "e" + i).toArray(String[]::new);
    long webhook = fixture.webhook(many);
    fixture.commit(webhook, events);
    wide.announce(webhook);
    List<Sent> sent = new ArrayList<>();
    while (sent.size() < many) {
      wide.turn();
      sent.addAll(sender.take());
    }
    sent.forEach(each -> each.answer(200));

    wide.turn();
    assertEquals(many - 500, wide.toRecord());
    assertEquals(many - 500, fixture.count(WAITING));
    wide.turn();
    wide.turn();
    assertEquals(0, wide.toRecord());
    assertEquals(0, wide.outstanding());
    assertEquals(many, fixture.count(DELIVERED));
  }

  private void sendAll(long webhook, String... eventIds) throws SQLException {
    fixture.commit(webhook, eventIds);
    loop.announce(webhook);
    loop.turn();
  }
}
