package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.outbox.DeliveryState.DELIVERED;
import static org.expmaster.webhook.outbox.DeliveryState.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.expmaster.webhook.testing.Faults;
import org.expmaster.webhook.testing.FaultyLog;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After an error at any step of the loop, everything continues and nothing leaks. */
abstract class InjectedErrorContract {
  private static final int MANY = 10_000;

  /** For five deliveries, one of which fails once, if no outcome is lost. */
  private static final int ATTEMPTS_A_STEP = 6;

  private final FakeSender sender = new FakeSender();
  private DeliveryFixture fixture;
  private DeliveryLoop loop;
  private int attempts;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    fixture = new DeliveryFixture(fresh());
    loop = fixture.loop(sender, 100, Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void atEveryUseOfTheDatabase() throws Exception {
    assertGoesOnAfterEach(fixture.faults, 20);
  }

  @Test
  void atEveryUseOfTargetsSignerSenderAndClock() throws Exception {
    assertGoesOnAfterEach(fixture.others, 20);
  }

  @Test
  void atEveryUseOfTheMeters() throws Exception {
    int steps = assertGoesOnAfterEach(fixture.meters.faults, 8);
    assertEquals(steps * ATTEMPTS_A_STEP, attempts, "what has ended is not sent again");
  }

  @Test
  void atEveryUseOfTheLog() throws Exception {
    try (FaultyLog log = new FaultyLog()) {
      int steps = assertGoesOnAfterEach(log.faults, 4);
      assertEquals(steps * ATTEMPTS_A_STEP, attempts, "what has ended is not sent again");
    }
  }

  private int assertGoesOnAfterEach(Faults faults, int atLeast) throws Exception {
    long well = fixture.webhook(2);
    long failing = fixture.webhook(2);
    boolean came = true;
    int step = 0;
    for (; came && step < MANY; step++) {
      fixture.commit(well, "a" + step, "b" + step, "c" + step);
      fixture.commit(failing, "d" + step);
      loop.announce(well);
      loop.announce(failing);
      faults.at(step, OutOfMemoryError::new);
      for (int turn = 0; turn < 6; turn++) {
        turn("d" + step, turn);
        fixture.clock.turn(DeliveryFixture.LEASE.plusSeconds(1));
      }
      came = faults.hasCome();
      faults.at(-1, OutOfMemoryError::new);
      fixture.commit(well, "e" + step);
      turn("", 1);
      assertEquals(0, fixture.count(WAITING), "waiting after step " + step);
      assertEquals(0, loop.outstanding(), "outstanding after step " + step);
      assertEquals(0, loop.underWay(Lane.YOUNG) + loop.underWay(Lane.SLOW), "places");
      assertEquals("", loop.trouble(), "trouble after step " + step);
    }
    assertEquals(5 * step, fixture.count(DELIVERED));
    assertTrue(step > atLeast && step < MANY, step + " steps");
    return step;
  }

  /** Turns the loop as its thread does, which continues whatever is thrown. */
  private void turn(String badly, int turn) {
    try {
      loop.follow();
      loop.poll();
      loop.turn();
      for (FakeSender.Sent sent : sender.take()) {
        attempts++;
        sent.answer(sent.eventId().equals(badly) && turn == 0 ? 500 : 200);
      }
      loop.turn();
    } catch (Exception | Error injected) {
      sender.take().forEach(sent -> sent.answer(200));
    }
  }
}
