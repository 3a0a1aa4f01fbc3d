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
 * Where handlers wait for databases and others: a bounded number of threads, of which one route has
 * at most half. What finds none free waits for a bounded time among a bounded number. Thread-safe.
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
   * @param clock one that nobody sets
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
    // a thread that starts while a plugin is on the stack would keep that plugin's classes
    threads.prestartAllCoreThreads();
  }

  /**
   * Does one of the two, this one or another thread: the work, or the refusal where too many wait
   * or it has waited for too long.
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

  /** Refuses what has waited for too long. To be called every second or so. */
  void check() {
    List<Job> late = new ArrayList<>();
    Instant oldest = clock.instant().minus(limits.longestWait());
    synchronized (this) {
      waiting.removeIf(job -> job.since.isBefore(oldest) && late.add(job));
    }
    late.forEach(job -> job.refuse.run());
  }

  /** Begins no more work, and interrupts what has not ended soon. */
  @Override
  public void close() throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
      threads.shutdownNow();
    }
  }
}
