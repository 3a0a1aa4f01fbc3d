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
 * Someone who makes experiments on whichever master answers, one after the other, and looks how
 * they end. One that was asked for while a master died may exist or not; it is asked for again.
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
   * @param masters one that answers now, if there is one
   */
  Load(Supplier<Optional<Api>> masters, Random dice) {
    this.masters = masters;
    this.dice = dice;
    thread.start();
  }

  /** Orders so many more experiments, and waits for none of them. */
  void more(int experiments) {
    ordered += experiments;
    wanted.release(experiments);
  }

  /** Waits until all that were ordered have been made. */
  void awaitMade(Duration within) {
    Wait.until(() -> made + " of " + ordered + " made", within, () -> made.get() >= ordered);
  }

  /** The experiments a master has shown as ended: these have to be told of, come what may. */
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
        // this one dies, or stops, or its database is away
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
      // not this time
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
