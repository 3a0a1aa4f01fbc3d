package org.expmaster.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.expmaster.plugin.BackgroundExecutor;
import org.expmaster.webhook.delivery.Reasons;
import org.expmaster.webhook.delivery.Spans;
import org.expmaster.webhook.telling.Log;

/**
 * Runs jobs periodically, one after the other on one thread. A job's period counts from the end of
 * its last run, and a job that throws is run again. The thread is the executor's own: a scheduled
 * thread pool drops a task that throws.
 */
final class PeriodicExecutor implements BackgroundExecutor {
  private static final Log log = Log.of(PeriodicExecutor.class);

  private final String name;
  private final List<Job> jobs;
  private final Runnable hurry;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile Thread thread;

  PeriodicExecutor(String name, List<Job> jobs) {
    this(name, jobs, () -> {});
  }

  /**
   * @param hurry called when draining begins: makes a job that takes long end early
   */
  PeriodicExecutor(String name, List<Job> jobs, Runnable hurry) {
    this.name = name;
    this.jobs = List.copyOf(jobs);
    this.hurry = hurry;
  }

  /** What a job does. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** Looks after something. */
  @FunctionalInterface
  interface Check {
    /** Returns what somebody must act on, in words; empty if nothing. */
    Optional<String> problem() throws Exception;
  }

  /** A job. Confined to the executor's thread, except for {@code problem}. */
  static final class Job {
    private final String name;
    private final Duration every;
    private final Duration first;
    private final Check work;
    private long due;
    private volatile String problem = "";

    Job(String name, Duration every, Work work) {
      this(name, every, every, nothingElse(work));
    }

    private Job(String name, Duration first, Duration every, Check work) {
      this.name = name;
      this.first = first;
      this.every = every;
      this.work = work;
    }

    /** Returns a job that runs at the start as well. */
    static Job atOnce(String name, Duration every, Work work) {
      return new Job(name, Duration.ZERO, every, nothingElse(work));
    }

    /** Returns a job whose problem is what it finds. It runs at the start as well. */
    static Job check(String name, Duration every, Check check) {
      return new Job(name, Duration.ZERO, every, check);
    }

    private static Check nothingElse(Work work) {
      return () -> {
        work.run();
        return Optional.empty();
      };
    }

    private void rest(Duration pause) {
      due = System.nanoTime() + pause.toNanos();
    }

    private void once() {
      try {
        work.problem().ifPresentOrElse(this::found, this::recovered);
      } catch (Throwable failure) {
        failed(failure);
      } finally {
        // an interrupt flag that the job left set would cut the next job short
        Thread.interrupted();
        rest(every);
      }
    }

    private void recovered() {
      if (!problem.isEmpty()) {
        problem = "";
        log.info("{} works again", name);
      }
    }

    private void found(String words) {
      if (problem.isEmpty()) {
        log.warn("{}: {}", name, words);
      }
      problem = words;
    }

    private void failed(Throwable failure) {
      boolean isNew = problem.isEmpty();
      try {
        problem = Reasons.of(failure);
      } catch (Throwable evenDescribing) {
        problem = Reasons.of(evenDescribing);
      }
      if (isNew) {
        log.warn("{} failed, and is tried again every {}: {}", name, Spans.words(every), problem);
        log.debug("the failure", failure);
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    Thread started = new Thread(this::run, "webhooks-" + name);
    started.start();
    thread = started;
  }

  private void run() {
    jobs.forEach(job -> job.rest(job.first));
    for (boolean more = true; more; ) {
      try {
        more = !stopping.await(untilNext(), TimeUnit.NANOSECONDS);
        if (more) {
          doWhatIsDue();
        }
      } catch (Throwable thrown) {
        // each job records its own failures, and nobody interrupts before the stop
        more = stopping.getCount() > 0;
      }
    }
  }

  /** Allocates nothing: the thread must wait even when no memory is left. */
  private long untilNext() {
    long now = System.nanoTime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < jobs.size(); i++) {
      least = Math.min(least, jobs.get(i).due - now);
    }
    return least;
  }

  private void doWhatIsDue() {
    for (Job job : jobs) {
      if (stopping.getCount() > 0 && job.due - System.nanoTime() <= 0) {
        job.once();
      }
    }
  }

  @Override
  public boolean drain(Duration within) throws InterruptedException {
    stopping.countDown();
    hurry.run();
    Thread started = thread;
    if (started == null) {
      return true;
    }
    try {
      started.join(Math.max(1, within.toMillis()));
      return !started.isAlive();
    } finally {
      started.interrupt();
    }
  }

  @Override
  public Status status() {
    String problem = problem();
    return new Status(state(), problem.isEmpty() ? Map.of() : Map.of("problem", problem));
  }

  private String problem() {
    return jobs.stream()
        .filter(job -> !job.problem.isEmpty())
        .map(job -> job.name + ": " + job.problem)
        .collect(Collectors.joining("; "));
  }

  private State state() {
    Thread started = thread;
    if (started == null) {
      return State.NEW;
    }
    if (stopping.getCount() == 0) {
      return started.isAlive() ? State.DRAINING : State.STOPPED;
    }
    return problem().isEmpty() ? State.RUNNING : State.DEGRADED;
  }
}
