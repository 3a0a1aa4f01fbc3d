package org.expmaster.webhook.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.expmaster.webhook.outbox.DeliveryState.DEAD;
import static org.expmaster.webhook.outbox.DeliveryState.DELIVERED;
import static org.expmaster.webhook.outbox.DeliveryState.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.expmaster.webhook.delivery.FakeSender.Sent;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.signing.Signer;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the loop guarantees on every database. The test turns the loop. */
abstract class DeliveryLoopContract {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(10);
  private static final Duration SECOND_RETRY = Duration.ofSeconds(100);

  private DeliveryFixture fixture;
  private FakeSender sender;
  private DeliveryLoop loop;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    fixture = new DeliveryFixture(fresh());
    sender = new FakeSender();
    loop = loop(sender, 100);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatWasCommittedIsSentSignedAndLeavesNothingOnceItArrived() throws SQLException {
    long webhook = fixture.webhook(10);
    fixture.commit(webhook, "e1");
    loop.announce(webhook);

    loop.turn();

    Sent sent = sender.take().get(0);
    assertEquals("{\"event\":\"e1\"}", new String(sent.request().body(), UTF_8));
    assertEquals(
        new Signer(DeliveryFixture.KEYS, fixture.clock).headers("e1", sent.request().body()),
        sent.request().headers());
    sent.answer(204);
    loop.turn();
    assertEquals(0, fixture.count(WAITING));
    assertEquals(0, loop.outstanding());
  }

  @Test
  void whatIsToBeSentDoesNotWaitForAFewResultsButTheseWaitForALittleWhileOnly()
      throws SQLException {
    Duration linger = Duration.ofMillis(2);
    loop = fixture.lingeringLoop(linger, sender, 100, FIRST_RETRY);
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
    loop = fixture.lingeringLoop(Duration.ofMillis(2), sender, 100, FIRST_RETRY);
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

  private void sendAll(long webhook, String... eventIds) throws SQLException {
    fixture.commit(webhook, eventIds);
    loop.announce(webhook);
    loop.turn();
  }

  @Test
  void everyAttemptIsSignedAnewWithItsOwnTimeAndKeepsTheEventsId() throws SQLException {
    Sent first = sendOne();
    first.answer(500);
    loop.turn();
    wait(FIRST_RETRY.multipliedBy(2));
    Sent second = sender.take().get(0);

    assertEquals(first.eventId(), second.eventId());
    String timestamp = "X-Determined-AI-Signature-Timestamp";
    long later = Long.parseLong(second.request().headers().get(timestamp));
    assertTrue(later > Long.parseLong(first.request().headers().get(timestamp)));
  }

  @Test
  void aFailureIsTriedAgainOnTheScheduleAndThenGivenUpButKept() throws SQLException {
    sendOne().answer(500);
    loop.turn();
    wait(FIRST_RETRY.dividedBy(2));
    assertEquals(List.of(), sender.take(), "too early, whatever the jitter");

    wait(FIRST_RETRY);
    sender.take().get(0).fail(Outcome.Kind.TIMED_OUT);
    loop.turn();
    wait(SECOND_RETRY.multipliedBy(2));
    sender.take().get(0).answer(404);
    loop.turn();

    wait(Duration.ofDays(365));
    assertEquals(List.of(), sender.take());
    assertEquals(1, fixture.count(DEAD));
    assertEquals(1, fixture.meters.counter("webhooks.deliveries", "result", "dead").count());
  }

  @Test
  void onlyA2xxCountsAsDelivered() throws SQLException {
    for (int status : new int[] {301, 302, 400, 410, 429, 500, 503}) {
      sendOne().answer(status);
      loop.turn();
    }
    assertEquals(0, fixture.count(DELIVERED));
    for (int status : new int[] {200, 201, 299}) {
      sendOne().answer(status);
      loop.turn();
    }
    assertEquals(3, fixture.count(DELIVERED));
    assertEquals(7, fixture.count(WAITING));
  }

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
    List<Sent> underWay = twoUnderWayAndTwoStandingBy();

    underWay.get(0).answer(200);

    assertEquals(List.of("e4"), sender.take().stream().map(Sent::eventId).toList(), "no turn");
    underWay.get(1).answer(500);
    assertEquals(List.of(), sender.take(), "a failure hands on nothing");
  }

  @Test
  void whatStandsByBehindAHangingRequestIsGivenBack() throws SQLException {
    twoUnderWayAndTwoStandingBy();
    fixture.clock.turn(Duration.ofSeconds(1));
    loop.turn();

    assertEquals(2, loop.outstanding(), "those that hang");
    assertEquals(4, sentByAnotherMaster(), "the two given back and the two never claimed");
  }

  @Test
  void whatStandsByIsGivenBackBeforeTheEnd() throws SQLException {
    twoUnderWayAndTwoStandingBy();
    loop.recordOnly();

    assertEquals(2, loop.outstanding());
    assertEquals(4, sentByAnotherMaster());
  }

  @Test
  void noMoreIsInFlightInAllThanIsAllowed() throws SQLException {
    DeliveryLoop narrow = loop(sender, 3);
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
  void thousandsThatEndTogetherAreRecordedInTurnsOfSomeHundreds() throws SQLException {
    int many = 1_200;
    DeliveryLoop wide = loop(sender, many);
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

  @Test
  void aMasterThatDiesMidDeliveryLosesNothing() throws SQLException {
    sendOne();

    FakeSender survivor = new FakeSender();
    DeliveryLoop another = loop(survivor, 100);
    another.poll();
    another.turn();
    assertEquals(List.of(), survivor.take(), "the lease still holds");

    fixture.clock.turn(DeliveryFixture.LEASE);
    another.poll();
    another.turn();
    assertEquals(1, survivor.take().size());
  }

  @Test
  void whatWasCutShortIsDueAtOnceAndCountsAsNoFailure() throws SQLException {
    sendOne().fail(Outcome.Kind.CUT_SHORT);
    loop.turn();

    FakeSender next = new FakeSender();
    DeliveryLoop another = loop(next, 100);
    another.poll();
    another.turn();
    Sent again = next.take().get(0);
    assertEquals(0, fixture.meters.timer("webhooks.attempts").count());
    again.answer(200);
    another.turn();
    assertEquals(0, fixture.count(WAITING));
  }

  @Test
  void aWebhookThatIsNotKnownYetIsNotClaimedFor() throws SQLException {
    long webhook = fixture.webhook(10);
    Target target = fixture.targets.remove(webhook);
    fixture.commit(webhook, "e1");
    loop.announce(webhook);
    loop.turn();
    assertEquals(List.of(), sender.take());

    fixture.targets.put(webhook, target);
    loop.poll();
    loop.turn();
    assertEquals(1, sender.take().size());
  }

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

    wait(CircuitState.FIRST_PAUSE);
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
    wait(Duration.ofSeconds(29));
    assertEquals(List.of(), sender.take());
    wait(Duration.ofSeconds(1));
    assertEquals(1, sender.take().size());
  }

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
    wait(Duration.ofDays(30));
    assertEquals(List.of(), sender.take());

    fixture.health.put(webhook, Health.WELL);
    wait(Duration.ZERO);
    sender.take().get(0).answer(200);
    wait(Duration.ZERO);
    sender.take().get(0).answer(200);
    loop.turn();
    assertEquals(2, fixture.count(DELIVERED));
  }

  @Test
  void nothingIsSentOnceItIsDisabledNotEvenWhatWasClaimedOrStoodBy() throws SQLException {
    List<Sent> underWay = twoUnderWayAndTwoStandingBy();
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
    wait(CircuitState.FIRST_PAUSE);
    Sent probe = sender.take().get(0);
    Health disabled = Health.WELL.disabled(fixture.clock.instant(), "by ann");
    fixture.health.put(webhook, disabled);
    probe.answer(200);
    loop.turn();
    assertEquals(disabled, fixture.health.unwell().get(webhook));
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
    wait(Duration.ZERO);
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
  void whatOneMasterFoundOfAWebhookTheOthersHeed() throws SQLException {
    sendOne().answer(410);
    loop.turn();
    long webhook = fixture.targets.keySet().iterator().next();

    FakeSender elsewhere = new FakeSender();
    DeliveryLoop another = loop(elsewhere, 100);
    fixture.commit(webhook, "e2");
    another.follow();
    another.poll();
    another.announce(webhook);
    another.turn();
    assertEquals(List.of(), elsewhere.take());
  }

  @Test
  void aPayloadThatIsTooLargeIsKeptDeadAndNeverSent() throws SQLException {
    long webhook = fixture.webhook(1);
    fixture.commit(webhook, "x".repeat(256 * 1024));
    loop.announce(webhook);
    loop.turn();
    loop.turn();
    assertEquals(List.of(), sender.take());
    assertEquals(1, fixture.count(DEAD));
  }

  @Test
  void whatTheMasterItselfCannotSendIsDueAgainAndSaidUntilItCan() throws SQLException {
    Supplier<Signer> signer = fixture.signer;
    fixture.signer =
        () -> {
          throw new OutOfMemoryError("a test's");
        };
    long webhook = fixture.webhook(2);
    fixture.commit(webhook, "e1", "e2", "e3");
    loop.announce(webhook);
    loop.turn();
    loop.turn();
    assertEquals(0, loop.outstanding());
    assertEquals(0, loop.underWay(Lane.YOUNG));
    assertTrue(loop.trouble().contains("OutOfMemoryError: a test's"), loop.trouble());
    assertFalse(loop.couldClaim(), "not again and again");
    wait(Duration.ofSeconds(1));
    loop.turn();
    assertTrue(loop.trouble().contains("webhook " + webhook), loop.trouble());

    fixture.signer = signer;
    wait(Duration.ofSeconds(1));
    List<Sent> sent = sender.take();
    assertEquals(2, sent.size());
    sent.forEach(one -> one.answer(200));
    loop.turn();
    assertEquals("", loop.trouble());
    sender.take().get(0).answer(200);
    loop.turn();
    assertEquals(3, fixture.count(DELIVERED));
    assertEquals(0, fixture.meters.counter("webhooks.deliveries", "result", "retried").count());
  }

  @Test
  void aRequestThatIsSlowMakesRoomForAnotherWebhookAtOnce() throws SQLException {
    DeliveryLoop narrow = loop(sender, 2);
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

  /** Returns two requests in flight, of eight with a limit of two; the first two have succeeded. */
  private List<Sent> twoUnderWayAndTwoStandingBy() throws SQLException {
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

  private int sentByAnotherMaster() throws SQLException {
    fixture.targets.replaceAll((id, target) -> new Target(id, target.url(), 100));
    FakeSender elsewhere = new FakeSender();
    DeliveryLoop another = loop(elsewhere, 100);
    another.poll();
    another.turn();
    return elsewhere.take().size();
  }

  private DeliveryLoop loop(Sender with, int maxInFlight) {
    return fixture.loop(with, maxInFlight, FIRST_RETRY, SECOND_RETRY);
  }

  private Sent sendOne() throws SQLException {
    long webhook = fixture.webhook(10);
    fixture.commit(webhook, "e of " + webhook);
    loop.announce(webhook);
    loop.turn();
    List<Sent> sent = sender.take();
    assertEquals(1, sent.size());
    return sent.get(0);
  }

  /** Advances the clock, then follows, polls and turns. */
  private void wait(Duration by) throws SQLException {
    fixture.clock.turn(by);
    loop.follow();
    loop.poll();
    loop.turn();
  }
}
