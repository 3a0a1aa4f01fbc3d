package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The scale and the seed of these tests: the only place that reads {@code chaos.scale} and {@code
 * chaos.seed}. Every {@code mvn verify} runs the short form; the Maven profile {@code chaos} runs
 * the full one.
 */
public final class Chaos {
  private static final long DEFAULT_SEED = 20_260_301;
  private static final long SEED = Long.getLong("chaos.seed", DEFAULT_SEED);
  private static final boolean FULL = "full".equals(System.getProperty("chaos.scale"));

  private Chaos() {}

  /** Returns the random numbers of one test, the same whichever tests run beside it. */
  static Random dice(String test) {
    say(test, "-Dchaos.seed=" + SEED + (FULL ? " in full" : " in short"));
    return new Random(SEED ^ test.hashCode());
  }

  /** Returns one of two numbers, depending on the scale. */
  public static int scale(int inShort, int inFull) {
    return FULL ? inFull : inShort;
  }

  /** Holds a bound on times in the full form alone: in the short form other tests run beside. */
  static void assertInFull(boolean holds, String figures) {
    if (FULL) {
      assertTrue(holds, figures);
    }
  }

  /** Sleeps for a random time: the moment is what is tested, so there is no condition to await. */
  static void moment(Random dice, Duration atMost) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(dice.nextLong(atMost.toNanos()));
  }

  @SuppressWarnings("SystemOut") // for readers of the build's output
  static void say(String test, String what) {
    System.out.println("[chaos] " + test + ": " + what);
  }
}
