package org.expmaster.webhook.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However many webhooks are slow or hang, a delivery to a webhook with none in flight is sent
 * within a second. Simulated, with the default limits and a fixed seed.
 */
final class ShareOfTheWireTest {
  private static final int MAX_IN_FLIGHT = 512;
  private static final int MAX_SLOW = 4096;
  private static final int QUICK = 5;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration YOUNGEST_DISPLACED = Duration.ofSeconds(2);

  private final Random dice = new Random(20_260_301);
  private final Simulation simulation = new Simulation(MAX_IN_FLIGHT, MAX_SLOW);

  /** How the webhooks in trouble behave. */
  enum Trouble {
    HANGS {
      @Override
      Simulation.Receiver receiver(Random dice) {
        return () -> Simulation.TIME_OUT;
      }
    },
    ANSWERS_AFTER_FIVE_SECONDS {
      @Override
      Simulation.Receiver receiver(Random dice) {
        return () -> Duration.ofSeconds(5);
      }
    },
    IS_SLOW_NOW_AND_THEN {
      @Override
      Simulation.Receiver receiver(Random dice) {
        return () -> Duration.ofMillis(dice.nextInt(4) == 0 ? 2000 : 20);
      }
    },
    DOES_ANYTHING {
      @Override
      Simulation.Receiver receiver(Random dice) {
        return () -> Duration.ofMillis(dice.nextInt(16_000));
      }
    };

    abstract Simulation.Receiver receiver(Random dice);
  }

  @ParameterizedTest
  @EnumSource
  void amongTwentyInTrouble(Trouble trouble) {
    isKeptAmong(20, trouble, Duration.ofMillis(100), 30);
  }

  @ParameterizedTest
  @EnumSource
  void amongTwoThousandInTrouble(Trouble trouble) {
    isKeptAmong(2_000, trouble, Duration.ofSeconds(4), 10);
  }

  @ParameterizedTest
  @EnumSource
  void amongTwentyThousandInTrouble(Trouble trouble) {
    isKeptAmong(
        20_000, trouble, Duration.ofSeconds(10), trouble == Trouble.IS_SLOW_NOW_AND_THEN ? 12 : 3);
  }

  /**
   * @param warmUp the number of events after which every webhook in trouble was slow once
   */
  private void isKeptAmong(int many, Trouble trouble, Duration between, int warmUp) {
    for (long id = 1; id <= many; id++) {
      simulation.webhook(-id, trouble.receiver(dice));
    }
    for (long id = 1; id <= QUICK; id++) {
      simulation.webhook(id, () -> Duration.ofMillis(dice.nextInt(40)));
    }
    for (int i = 0; i < warmUp; i++) {
      end(many, QUICK);
      simulation.run(between);
    }
    simulation.takeBegun();

    long newest = QUICK;
    Duration longest = Duration.ZERO;
    for (Duration past = Duration.ZERO; past.toSeconds() < 30; past = past.plus(between)) {
      newest++;
      simulation.webhook(newest, () -> Duration.ofMillis(dice.nextInt(40)));
      end(many, newest);
      simulation.run(between);
      for (Simulation.Begun begun : simulation.takeBegun()) {
        if (begun.webhookId() > 0 && begun.waited().compareTo(longest) > 0) {
          longest = begun.waited();
        }
      }
    }
    assertTrue(longest.compareTo(SECOND) <= 0, longest::toString);
    for (long id = 1; id <= QUICK; id++) {
      assertEquals(newest - QUICK + warmUp, simulation.delivered(id), "webhook " + id);
    }
    assertEquals(
        List.of(),
        simulation.displaced().stream()
            .filter(age -> age.compareTo(YOUNGEST_DISPLACED) < 0)
            .toList());
    nothingIsLeftOnceAllAreWell(many);
  }

  private void nothingIsLeftOnceAllAreWell(int many) {
    for (long id = 1; id <= many; id++) {
      simulation.webhook(-id, () -> Duration.ofMillis(dice.nextInt(40)));
    }
    simulation.run(Simulation.TIME_OUT.multipliedBy(2));
    assertEquals(0, simulation.waiting());
    for (Lane lane : Lane.values()) {
      assertEquals(0, simulation.bulkheads.underWay(lane), lane::name);
    }
  }

  /** Commits one event for all webhooks. */
  private void end(int many, long quick) {
    for (long id = 1; id <= many; id++) {
      simulation.commit(-id);
    }
    for (long id = 1; id <= quick; id++) {
      simulation.commit(id);
    }
  }
}
