package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.outbox.DeliveryState.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.OutgoingRequest;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.testing.Faults;
import org.expmaster.webhook.testing.FaultyLog;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread around the loop: what wakes it, and that draining it takes a limited time. */
final class DeliveryServiceTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;
  private DeliveryFixture fixture;
  private HandingSender sender;
  private DeliveryService service;

  /** Hands each request to the test as it comes. */
  private static final class HandingSender implements Sender {
    final BlockingQueue<FakeSender.Sent> sent = new LinkedBlockingQueue<>();
    private final FakeSender kept = new FakeSender();

    @Override
    public UnderWay send(OutgoingRequest request, Consumer<Outcome> done) {
      Consumer<Outcome> once = FakeSender.once(done);
      kept.send(request, once);
      FakeSender.Sent next = new FakeSender.Sent(request, once);
      sent.add(next);
      return next::fail;
    }

    @Override
    public void close() {
      kept.close();
    }
  }

  @BeforeEach
  void open() {
    fixture = new DeliveryFixture(TestDatabase.sqlite(directory));
    sender = new HandingSender();
    service = fixture.service(sender, NEVER, Duration.ofSeconds(5));
  }

  @AfterEach
  void close() throws InterruptedException {
    service.drain(Duration.ZERO);
    fixture.close();
  }

  @Test
  void whatWasAnnouncedIsSentWithoutWaitingForThePoll() throws Exception {
    service.start();
    long webhook = fixture.webhook(1);
    fixture.commit(webhook, "e1", "e2");
    service.announce(List.of(webhook));

    next().answer(200);
    next().answer(200);

    assertTrue(service.drain(SOON));
    assertEquals(0, fixture.count(WAITING));
  }

  @Test
  void whatWaitedFromBeforeTheStartIsSentAtTheStart() throws Exception {
    fixture.commit(fixture.webhook(1), "e1");
    service.start();
    next().answer(200);
    assertTrue(service.drain(SOON));
    assertEquals(0, fixture.count(WAITING));
  }

  @Test
  void whatPeopleDecideElsewhereIsHeededHoweverSeldomTheOutboxIsPolled() throws Exception {
    long webhook = fixture.webhook(1);
    fixture.health.put(webhook, Health.WELL.disabled(fixture.clock.instant(), "by ann"));
    fixture.commit(webhook, "e1");
    service.start();
    fixture.health.put(webhook, Health.WELL);
    next().answer(200);
  }

  @Test
  void whatIsEnabledHereGoesOutAtOnce() throws Exception {
    long webhook = fixture.webhook(1);
    fixture.health.put(webhook, Health.WELL.disabled(fixture.clock.instant(), "by ann"));
    service.start();
    service.heed(webhook);
    fixture.commit(webhook, "e1");
    service.announce(List.of(webhook));
    fixture.health.put(webhook, Health.WELL);
    service.heed(webhook);
    next().answer(200);
  }

  @Test
  void anErrorAtEveryUseOfTheDatabaseIsSurvivedAndSaidUntilItIsOver() throws Exception {
    service.start();
    long webhook = fixture.webhook(1);
    fixture.commit(webhook, "e1");
    fixture.faults.takeAway(() -> new OutOfMemoryError("Java heap space"));
    service.announce(List.of(webhook));
    while (!service.isDegraded()) {
      Thread.onSpinWait();
    }
    String problem = (String) service.details().get("problem");
    assertTrue(problem.contains("Java heap space"), problem);

    fixture.faults.bringBack();
    next().answer(200);
    assertTrue(service.drain(SOON));
    assertFalse(service.isDegraded());
    assertEquals(0, fixture.count(WAITING));
  }

  @Test
  void howeverTheMetersFailWhatEndsIsRecorded() throws Exception {
    assertAllIsRecordedAnd("attempts cannot be counted: ", fixture.meters.faults);
  }

  @Test
  void howeverTheLogFailsWhatEndsIsRecorded() throws Exception {
    try (FaultyLog log = new FaultyLog()) {
      assertAllIsRecordedAnd("nothing can be logged: ", log.faults);
    }
  }

  private void assertAllIsRecordedAnd(String said, Faults faults) throws Exception {
    service.start();
    long webhook = fixture.webhook(1);
    faults.takeAway(() -> new OutOfMemoryError("a test's"));
    fixture.commit(webhook, "arrives", "is refused");
    service.announce(List.of(webhook));
    next().answer(200);
    next().answer(500);
    while (!service.isDegraded()) {
      Thread.onSpinWait();
    }
    String problem = (String) service.details().get("problem");
    assertEquals(said + "java.lang.OutOfMemoryError: a test's", problem);

    faults.bringBack();
    fixture.commit(webhook, "is refused too");
    service.announce(List.of(webhook));
    next().answer(500);
    while (service.isDegraded()) {
      Thread.onSpinWait();
    }
    assertTrue(service.drain(SOON));
    assertEquals(List.of(1, 1, 1), fixture.attempts(webhook));
  }

  @Test
  void drainingWaitsForWhatIsUnderWayAndClaimsNothingMore() throws Exception {
    service.start();
    long webhook = fixture.webhook(1);
    fixture.commit(webhook, "e1", "e2");
    service.announce(List.of(webhook));
    FakeSender.Sent underWay = next();

    Thread drain =
        new Thread(
            () -> {
              try {
                service.drain(SOON);
              } catch (InterruptedException cutShort) {
                Thread.currentThread().interrupt();
              }
            });
    drain.start();
    while (!service.isDraining()) {
      Thread.onSpinWait();
    }
    underWay.answer(200);
    drain.join();

    assertFalse(service.isRunning());
    assertEquals(1, fixture.count(WAITING), "the second waits for the next start");
    assertTrue(sender.sent.isEmpty());
  }

  @Test
  void whatDoesNotEndInTimeIsCutShortAndDueAgain() throws Exception {
    service.start();
    long webhook = fixture.webhook(1);
    fixture.commit(webhook, "e1");
    service.announce(List.of(webhook));
    next();

    assertFalse(service.drain(Duration.ofMillis(20)));
    assertFalse(service.isRunning());

    HandingSender afterRestart = new HandingSender();
    service = fixture.service(afterRestart, NEVER, Duration.ofSeconds(5));
    service.start();
    FakeSender.Sent again = afterRestart.sent.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    assertEquals("e1", again.eventId(), "at once, not when the lease has run out");
  }

  @Test
  void whatIsUnderWayAndWhatKeepsItFromBeingSentIsShown() throws Exception {
    service.start();
    long webhook = fixture.webhook(1);
    fixture.commit(webhook, "e1", "e2");
    service.announce(List.of(webhook));
    FakeSender.Sent first = next();
    assertEquals(
        Map.of("in_flight", 1, "in_flight_young", 1, "in_flight_slow", 0), service.details());

    fixture.signer =
        () -> {
          throw new OutOfMemoryError("a test's");
        };
    first.answer(200);
    while (!service.isDegraded()) {
      Thread.onSpinWait();
    }
    assertTrue(service.details().get("problem").toString().contains("webhook " + webhook));
    assertTrue(service.isRunning());
  }

  private FakeSender.Sent next() throws InterruptedException {
    FakeSender.Sent next = sender.sent.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    assertTrue(next != null, "nothing was sent");
    return next;
  }
}
