package org.expmaster.host.http;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs handlers, which may block, on a bounded number of threads; one route gets at most half. If
 * no thread is free, work waits in a bounded queue for a bounded time. Thread-safe.
 */
final class Workers implements AutoCloseable {
  private final Limits limits;
  private final Clock clock;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final Map<Object, Integer> busy = new HashMap<>();
  private final ThreadPoolExecutor threads;
  private int allBusy;

  private record Job(Object route, Instant since, Runnable work, Runnable refuse) {}

  /**
   * @param clock a steady clock, unaffected by changes of the system time
   */
  Workers(Limits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            limits.workers(),
            limits.workers(),
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "http-worker-" + number.incrementAndGet()));
    // a thread started while a plugin is on the stack would keep the plugin's classes reachable
    threads.prestartAllCoreThreads();
  }

  /**
   * Runs the work, or the refusal if the queue is full or the work has waited too long. Either may
   * run on this or another thread.
   */
  void submit(Object route, Runnable work, Runnable refuse) {
    boolean full;
    synchronized (this) {
      full = waiting.size() >= limits.waiting();
      if (!full) {
        waiting.add(new Job(route, clock.instant(), work, refuse));
        assign();
      }
    }
    if (full) {
      refuse.run();
    }
  }

  private synchronized void assign() {
    Iterator<Job> jobs = waiting.iterator();
    while (jobs.hasNext() && allBusy < limits.workers()) {
      Job job = jobs.next();
      int ofRoute = busy.getOrDefault(job.route, 0);
      if (ofRoute < Math.max(1, limits.workers() / 2)) {
        jobs.remove();
        busy.put(job.route, ofRoute + 1);
        allBusy++;
        threads.execute(() -> work(job));
      }
    }
  }

  private void work(Job job) {
    try {
      job.work.run();
    } finally {
      synchronized (this) {
        busy.computeIfPresent(job.route, (route, count) -> count == 1 ? null : count - 1);
        allBusy--;
        assign();
      }
    }
  }

  /** Refuses work that has waited too long. To be called about once a second. */
  void check() {
    List<Job> late = new ArrayList<>();
    Instant oldest = clock.instant().minus(limits.longestWait());
    synchronized (this) {
      waiting.removeIf(job -> job.since.isBefore(oldest) && late.add(job));
    }
    late.forEach(job -> job.refuse.run());
  }

  /** Accepts no more work, and interrupts what does not end soon. */
  @Override
  public void close() throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
      threads.shutdownNow();
    }
  }
}
