package org.expmaster.webhook.delivery;

import static org.expmaster.webhook.outbox.DeliveryState.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After an error at whichever use of the database, everything goes on and nothing is leaked. */
abstract class InjectedErrorContract {
  private static final int MANY = 10_000;

  private final FakeSender sender = new FakeSender();
  private DeliveryFixture fixture;
  private DeliveryLoop loop;

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
  void atEveryStepOfTheLoop() throws Exception {
    long well = fixture.webhook(2);
    long failing = fixture.webhook(2);
    boolean came = true;
    int step = 0;
    for (; came && step < MANY; step++) {
      fixture.commit(well, "a" + step, "b" + step, "c" + step);
      fixture.commit(failing, "d" + step);
      loop.announce(well);
      loop.announce(failing);
      fixture.faults.at(step, OutOfMemoryError::new);
      for (int turn = 0; turn < 6; turn++) {
        turn("d" + step, turn);
        fixture.clock.turn(DeliveryFixture.LEASE.plusSeconds(1));
      }
      came = fixture.faults.hasCome();
      fixture.faults.at(-1, OutOfMemoryError::new);
      turn("", 1);
      assertEquals(0, fixture.count(WAITING), "waiting after step " + step);
      assertEquals(0, loop.outstanding(), "outstanding after step " + step);
      assertEquals(0, loop.underWay(Lane.YOUNG) + loop.underWay(Lane.SLOW), "places");
      assertEquals("", loop.trouble());
    }
    assertTrue(step > 20 && step < MANY, step + " steps");
  }

  /** As the thread does it, which goes on whatever is thrown. */
  private void turn(String badly, int turn) {
    try {
      loop.follow();
      loop.poll();
      loop.turn();
      sender
          .take()
          .forEach(sent -> sent.answer(sent.eventId().equals(badly) && turn == 0 ? 500 : 200));
      loop.turn();
    } catch (Exception | Error injected) {
      sender.take().forEach(sent -> sent.answer(200));
    }
  }
}
