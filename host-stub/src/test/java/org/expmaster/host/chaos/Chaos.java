package org.expmaster.host.chaos;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * How hard, and by which dice: the one place where {@code chaos.scale} and {@code chaos.seed} are
 * read. The short form is what every {@code mvn verify} runs, the full one belongs to the Maven
 * profile {@code chaos}.
 */
final class Chaos {
  private static final long DEFAULT_SEED = 20_260_301;
  private static final long SEED = Long.getLong("chaos.seed", DEFAULT_SEED);
  private static final boolean FULL = "full".equals(System.getProperty("chaos.scale"));

  private Chaos() {}

  /** The dice of one test, the same whichever tests run beside it. */
  static Random dice(String test) {
    say(test, "-Dchaos.seed=" + SEED + (FULL ? " in full" : " in short"));
    return new Random(SEED ^ test.hashCode());
  }

  static int scale(int inShort, int inFull) {
    return FULL ? inFull : inShort;
  }

  /** Lets a random while pass: the moment is what is tested, so there is nothing to wait for. */
  static void moment(Random dice, Duration atMost) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(dice.nextLong(atMost.toNanos()));
  }

  @SuppressWarnings("SystemOut") // whoever reads a build's output wants to know
  static void say(String test, String what) {
    System.out.println("[chaos] " + test + ": " + what);
  }
}
