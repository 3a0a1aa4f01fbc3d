package org.expmaster.webhook.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks names up on threads of its own, a name once at a time, and remembers for a moment.
 *
 * <p>Names that were found the last time have threads that no others use: however many names hang,
 * they delay each other and newcomers, but not what works. Thread-safe.
 */
final class HostLookup implements AutoCloseable {
  /**
   * Long enough that a busy webhook does not wait for a thread at each delivery, short enough that
   * a receiver that moves is soon followed.
   */
  static final Duration FRESH = Duration.ofSeconds(5);

  /** Of each kind: as many names can hang before others wait. */
  static final int THREADS = 8;

  private static final int REMEMBERED = 10_000;
  private static final Found NOTHING = new Found(List.of(), Instant.EPOCH);

  private final NameService names;
  private final Clock clock;
  private final ThreadPoolExecutor foundBefore = threads();
  private final ThreadPoolExecutor others = threads();

  /** The last look-up of each name, the one not asked for longest first. Guarded by this. */
  private final Map<String, Lookup> lookups =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Lookup> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Found(List<InetAddress> addresses, Instant at) {}

  /** One look-up of a name. */
  private final class Lookup implements Runnable {
    final CompletableFuture<Found> answer = new CompletableFuture<>();
    private final String name;
    private volatile boolean over;

    Lookup(String name) {
      this.name = name;
    }

    @Override
    public void run() {
      try {
        answer.complete(ask(name));
      } catch (Error thrown) {
        answer.completeExceptionally(thrown);
      } finally {
        // there may have been no memory even for the answer
        over = true;
      }
    }

    boolean isUnderWay() {
      return !over && !answer.isDone();
    }

    /** What it has found; nothing, if it has ended in an error. */
    Found found() {
      return answer.isCompletedExceptionally() ? NOTHING : answer.getNow(NOTHING);
    }
  }

  HostLookup(NameService names, Clock clock) {
    this.names = names;
    this.clock = clock;
  }

  /**
   * A name's addresses; none, if it has none or that cannot be told. Returns at once. What it
   * returns is complete already if the name was found a moment ago, fails if the looking up ended
   * in an error, and may never be complete if this is closed meanwhile.
   */
  CompletableFuture<List<InetAddress>> find(String name) {
    return last(name).answer.thenApply(Found::addresses);
  }

  private synchronized Lookup last(String name) {
    Lookup last = lookups.get(name);
    if (last != null && (last.isUnderWay() || isFresh(last.found()))) {
      return last;
    }
    boolean wasFound = last != null && !last.found().addresses().isEmpty();
    Lookup next = new Lookup(name);
    begin(next, wasFound ? foundBefore : others);
    lookups.put(name, next);
    return next;
  }

  /** What was not found is asked for again: the JDK remembers that itself, for ten seconds. */
  private boolean isFresh(Found found) {
    Duration age = Duration.between(found.at(), clock.instant());
    return !found.addresses().isEmpty() && age.compareTo(FRESH) < 0;
  }

  private static void begin(Lookup lookup, Executor threads) {
    try {
      threads.execute(lookup);
    } catch (RejectedExecutionException closed) {
      lookup.answer.complete(NOTHING);
    }
  }

  private Found ask(String name) {
    try {
      return new Found(List.copyOf(names.addresses(name)), clock.instant());
    } catch (UnknownHostException | RuntimeException unknown) {
      return NOTHING;
    }
  }

  private static ThreadPoolExecutor threads() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "webhooks-dns");
              // the system's look-up cannot be interrupted, and must not keep the JVM from ending
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Ends the threads, each at the end of its look-up. */
  @Override
  public void close() {
    foundBefore.shutdownNow();
    others.shutdownNow();
  }
}
