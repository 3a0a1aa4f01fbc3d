package org.expmaster.webhook;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.expmaster.plugin.BackgroundExecutor;
import org.expmaster.webhook.delivery.Reasons;
import org.expmaster.webhook.delivery.Spans;
import org.expmaster.webhook.telling.Log;

/**
 * Background work that is done again and again, at a fixed distance, whatever it throws. The thread
 * is its own: a pool's would forget work that ended with an error.
 */
final class PeriodicExecutor implements BackgroundExecutor {
  private static final Log log = Log.of(PeriodicExecutor.class);

  private final String name;
  private final Duration every;
  private final Runnable work;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile Thread thread;
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
    Thread started = new Thread(this::run, "webhooks-" + name);
    started.start();
    thread = started;
  }

  private void run() {
    for (boolean more = true; more; ) {
      try {
        more = !stopping.await(every.toMillis(), TimeUnit.MILLISECONDS);
        if (more) {
          once();
        }
      } catch (InterruptedException cutShort) {
        // nobody interrupts before the end, but the work may have left the flag set
        more = stopping.getCount() > 0;
      } catch (Throwable evenTelling) {
        problem = problem.isEmpty() ? Reasons.of(evenTelling) : problem;
      }
    }
  }

  private void once() {
    try {
      work.run();
      recovered();
    } catch (Throwable failure) {
      failed(failure);
    }
  }

  private void recovered() {
    if (!problem.isEmpty()) {
      problem = "";
      log.info("{} works again", name);
    }
  }

  private void failed(Throwable failure) {
    boolean isNew = problem.isEmpty();
    problem = Reasons.of(failure);
    if (isNew) {
      log.warn("{} failed, and is tried again every {}: {}", name, Spans.words(every), problem);
      log.debug("the failure", failure);
    }
  }

  @Override
  public boolean drain(Duration within) throws InterruptedException {
    stopping.countDown();
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
    Map<String, Object> details = problem.isEmpty() ? Map.of() : Map.of("problem", problem);
    return new Status(state(), details);
  }

  private State state() {
    Thread started = thread;
    if (started == null) {
      return State.NEW;
    }
    if (stopping.getCount() == 0) {
      return started.isAlive() ? State.DRAINING : State.STOPPED;
    }
    return problem.isEmpty() ? State.RUNNING : State.DEGRADED;
  }
}
