package org.expmaster.webhook;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.expmaster.plugin.BackgroundExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Background work that is done again and again, at a fixed distance. */
final class PeriodicExecutor implements BackgroundExecutor {
  private static final Logger log = LoggerFactory.getLogger(PeriodicExecutor.class);

  private final String name;
  private final Duration every;
  private final Runnable work;
  private volatile ScheduledExecutorService thread;
  private volatile String problem = "";

  PeriodicExecutor(String name, Duration every, Runnable work) {
    this.name = name;
    this.every = every;
    this.work = work;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    thread =
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "webhooks-" + name));
    thread.scheduleWithFixedDelay(
        this::once, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void once() {
    try {
      work.run();
      problem = "";
    } catch (RuntimeException failed) {
      if (problem.isEmpty()) {
        log.warn(
            "{} failed, and is tried again every {} s: {}",
            name,
            every.toSeconds(),
            failed.toString());
      }
      problem = String.valueOf(failed.getMessage());
    }
  }

  @Override
  public boolean drain(Duration within) throws InterruptedException {
    if (thread == null) {
      return true;
    }
    thread.shutdown();
    try {
      return thread.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      thread.shutdownNow();
    }
  }

  @Override
  public Status status() {
    Map<String, Object> details = problem.isEmpty() ? Map.of() : Map.of("problem", problem);
    return new Status(state(), details);
  }

  private State state() {
    if (thread == null) {
      return State.NEW;
    }
    if (thread.isShutdown()) {
      return thread.isTerminated() ? State.STOPPED : State.DRAINING;
    }
    return problem.isEmpty() ? State.RUNNING : State.DEGRADED;
  }
}
