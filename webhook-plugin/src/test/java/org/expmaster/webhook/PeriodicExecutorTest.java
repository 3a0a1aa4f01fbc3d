package org.expmaster.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.expmaster.plugin.BackgroundExecutor.State;
import org.expmaster.webhook.PeriodicExecutor.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that jobs are repeated whatever they throw, and that failures are reported. */
final class PeriodicExecutorTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration OFTEN = Duration.ofMillis(1);
  private static final Throwable NOTHING = new Throwable();

  /** What the job throws in each run; the job waits for the test to provide it. */
  private final BlockingQueue<Throwable> turns = new SynchronousQueue<>();

  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();

  /** Number of runs of the second job. */
  private final AtomicInteger others = new AtomicInteger();

  private PeriodicExecutor executor;

  @BeforeEach
  void start() {
    executor =
        new PeriodicExecutor(
            "work",
            List.of(
                new Job("first", OFTEN, this::work),
                new Job("second", OFTEN, others::incrementAndGet)));
    assertEquals(State.NEW, executor.status().state());
    executor.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    executor.drain(Duration.ZERO);
  }

  @Test
  void aJobThatRunsAtTheStartAsWellIsMadeToHurryAtTheEnd() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    PeriodicExecutor other =
        new PeriodicExecutor(
            "other",
            List.of(Job.atOnce("first", Duration.ofDays(1), () -> heard.add("run"))),
            () -> heard.add("hurry"));
    other.start();
    assertEquals("run", heard.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    assertTrue(other.drain(SOON));
    assertEquals(List.of("hurry"), List.copyOf(heard));
  }

  static Throwable[] whatever() {
    return new Throwable[] {
      new IllegalStateException("the table is gone"),
      new IllegalStateException((String) null),
      new OutOfMemoryError("Java heap space"),
      new StackOverflowError(),
      new NoClassDefFoundError(),
      new ThreadDeathOfAKind(),
    };
  }

  @ParameterizedTest
  @MethodSource("whatever")
  void itGoesOnWhateverIsThrownAndSaysWhy(Throwable thrown) throws Exception {
    goesOnAfter(thrown);
  }

  @Test
  void itGoesOnEvenIfNothingCanBeSaidOfWhatWasThrown() throws Exception {
    goesOnAfter(new Unsayable());
  }

  private void goesOnAfter(Throwable thrown) throws Exception {
    turn(thrown);
    turn(thrown);
    awaitTurn();
    assertEquals(State.DEGRADED, executor.status().state());
    String problem = (String) executor.status().details().get("problem");
    assertFalse(problem.isBlank());
    assertFalse(problem.contains("null"), problem);
    assertTrue(problem.startsWith("first: "), problem);
    assertTrue(others.get() > 0, "the second job is done whatever the first one throws");

    put(NOTHING);
    turn(NOTHING);
    awaitTurn();
    assertEquals(State.RUNNING, executor.status().state());
    put(NOTHING);
  }

  @Test
  void whatACheckFindsIsTheProblemUntilItFindsNothing() throws Exception {
    BlockingQueue<Optional<String>> findings = new LinkedBlockingQueue<>();
    PeriodicExecutor watching =
        new PeriodicExecutor("watching", List.of(Job.check("backlog", OFTEN, findings::take)));
    watching.start();
    findings.add(Optional.of("somebody must act"));
    while (watching.status().state() == State.RUNNING) {
      Thread.onSpinWait();
    }
    assertEquals(Map.of("problem", "backlog: somebody must act"), watching.status().details());
    findings.add(Optional.empty());
    while (watching.status().state() == State.DEGRADED) {
      Thread.onSpinWait();
    }
    watching.drain(Duration.ZERO);
  }

  @Test
  void aJobThatLeavesItsThreadInterruptedCutsNoOtherShort() throws Exception {
    BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
    PeriodicExecutor careless =
        new PeriodicExecutor(
            "careless",
            List.of(
                new Job("first", OFTEN, () -> Thread.currentThread().interrupt()),
                new Job("second", OFTEN, () -> interrupted.add(Thread.interrupted()))));
    careless.start();
    for (int time = 0; time < 5; time++) {
      assertEquals(false, interrupted.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    }
    assertTrue(careless.drain(SOON));
  }

  @Test
  void itIsDrainedWhenWhatItDoesHasEnded() throws Exception {
    awaitTurn();
    assertFalse(executor.drain(Duration.ofMillis(1)), "the work is under way");
    assertEquals(State.DRAINING, executor.status().state());
    put(NOTHING);
    assertTrue(executor.drain(SOON));
    assertEquals(State.STOPPED, executor.status().state());
  }

  private void work() {
    begun.add("begun");
    try {
      for (Throwable next = null; ; ) {
        try {
          next = turns.take();
        } catch (InterruptedException notYet) {
          continue;
        }
        if (next instanceof RuntimeException failure) {
          throw failure;
        }
        if (next instanceof Error failure) {
          throw failure;
        }
        return;
      }
    } finally {
      Thread.interrupted();
    }
  }

  private void turn(Throwable thrown) throws InterruptedException {
    awaitTurn();
    put(thrown);
  }

  private void put(Throwable thrown) throws InterruptedException {
    assertTrue(turns.offer(thrown, SOON.toSeconds(), TimeUnit.SECONDS), "it does not work");
  }

  private void awaitTurn() throws InterruptedException {
    assertTrue(begun.poll(SOON.toSeconds(), TimeUnit.SECONDS) != null, "it has ended");
  }

  private static final class ThreadDeathOfAKind extends Error {}

  /** An error that cannot be described, as when no memory is left to describe it. */
  private static final class Unsayable extends Error {
    @Override
    public String toString() {
      throw new OutOfMemoryError();
    }
  }
}
