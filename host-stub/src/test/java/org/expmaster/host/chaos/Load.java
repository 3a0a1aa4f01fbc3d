package org.expmaster.host.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.Wait;

/**
 * Creates experiments one after the other on any master that answers, and observes how they end. An
 * experiment requested while a master dies may exist or not; it is requested again.
 */
final class Load implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final double LONGEST_RUN_SECONDS = 0.8;

  private final Supplier<Optional<Api>> masters;
  private final Random dice;
  private final Semaphore wanted = new Semaphore(0);
  private final AtomicInteger made = new AtomicInteger();
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::run, "load");
  private volatile boolean closed;
  private int ordered;

  /**
   * @param masters returns a client of a master that answers now, if there is one
   */
  Load(Supplier<Optional<Api>> masters, Random dice) {
    this.masters = masters;
    this.dice = dice;
    thread.start();
  }

  /** Orders this many more experiments, without waiting for them. */
  void more(int experiments) {
    ordered += experiments;
    wanted.release(experiments);
  }

  /** Waits until all ordered experiments have been created. */
  void awaitMade(Duration within) {
    Wait.until(() -> made + " of " + ordered + " made", within, () -> made.get() >= ordered);
  }

  /** Returns the experiments that a master has shown as ended: they must be delivered. */
  Set<Long> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  private void run() {
    long nextLook = System.nanoTime();
    try {
      while (!closed) {
        if (wanted.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          make();
        }
        if (System.nanoTime() - nextLook >= 0) {
          nextLook = System.nanoTime() + LOOK.toNanos();
          masters.get().ifPresent(this::look);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private void make() throws InterruptedException {
    double seconds = dice.nextDouble() * LONGEST_RUN_SECONDS;
    String entrypoint =
        String.format(Locale.ROOT, "entrypoint: sleep %.3f && exit %d", seconds, dice.nextInt(2));
    while (!closed) {
      Optional<Api> master = masters.get();
      try {
        if (master.isPresent()) {
          master.get().experiment(entrypoint);
          made.incrementAndGet();
          return;
        }
      } catch (UncheckedIOException | AssertionError unanswered) {
        // this master dies or stops, or its database is unreachable
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private void look(Api master) {
    try {
      for (JsonNode one : master.get("/api/v1/experiments?limit=100").ok().get("experiments")) {
        String state = one.get("state").asText();
        if (state.equals("STATE_COMPLETED") || state.equals("STATE_ERROR")) {
          acknowledged.add(one.get("id").asLong());
        }
      }
    } catch (UncheckedIOException | AssertionError unanswered) {
      // the next look may succeed
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
