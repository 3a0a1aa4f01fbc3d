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
 * Looks up names on its own threads, one look-up of a name at a time, and caches briefly.
 *
 * <p>Names that were found at their last look-up have threads reserved for them: names that hang
 * delay each other and new names, but not names that work. Thread-safe.
 */
final class HostLookup implements AutoCloseable {
  /**
   * Long enough that a busy webhook does not wait for a thread at every delivery, short enough that
   * a receiver's new address is soon used.
   */
  static final Duration FRESH = Duration.ofSeconds(5);

  /** Threads of each kind, and so the number of names that can hang before others wait. */
  static final int THREADS = 8;

  private static final int REMEMBERED = 10_000;
  private static final Found NOTHING = new Found(List.of(), Instant.EPOCH);

  private final NameService names;
  private final Clock clock;
  private final ThreadPoolExecutor foundBefore = threads();
  private final ThreadPoolExecutor others = threads();

  /** The last look-up of each name, least recently used first. Guarded by this. */
  private final Map<String, Lookup> lookups =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Lookup> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Found(List<InetAddress> addresses, Instant at) {}

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
        // even completing the answer may run out of memory
        over = true;
      }
    }

    boolean isUnderWay() {
      return !over && !answer.isDone();
    }

    /** Returns what it has found; nothing if it is under way or has ended in an error. */
    Found found() {
      return answer.isCompletedExceptionally() ? NOTHING : answer.getNow(NOTHING);
    }
  }

  HostLookup(NameService names, Clock clock) {
    this.names = names;
    this.clock = clock;
  }

  /**
   * Returns a future of a name's addresses: none if it has none or cannot be resolved now. Does not
   * block. The future is already complete if the name was found within {@link #FRESH}, fails if the
   * look-up ends in an {@link Error}, and may never complete if this is closed meanwhile.
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

  /** Failures are not cached here: the JDK caches them itself, for ten seconds. */
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
              // the system's look-up cannot be interrupted and must not keep the JVM from exiting
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Stops the threads, each after its current look-up. */
  @Override
  public void close() {
    foundBefore.shutdownNow();
    others.shutdownNow();
  }
}
