package org.expmaster.host.chaos;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.expmaster.host.testing.Api;

/** Asks the plugin again and again, as an open page does, while it is replaced. */
final class Visitor implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final List<String> PATHS =
      List.of("/api/v1/webhooks", "/api/v1/webhooks/choices", "/det/webhooks");
  private static final String AWAY =
      "the plugin webhooks, which answers here, does not run at present; try again later";

  private final Api api;
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger away = new AtomicInteger();
  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "visitor");
  private volatile boolean closed;

  Visitor(Api api) {
    this.api = api;
    thread.start();
  }

  private void run() {
    for (int i = 0; !closed; i++) {
      try {
        Api.Answer answer = api.get(PATHS.get(i % PATHS.size()));
        if (answer.status() == 200) {
          answered.incrementAndGet();
        } else if (answer.status() == 503
            && answer.error().equals(AWAY)
            && answer.http().headers().firstValue("Retry-After").isPresent()) {
          away.incrementAndGet();
        } else {
          wrong.add(answer.status() + " " + answer.http().body());
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      } catch (UncheckedIOException | InterruptedException e) {
        wrong.add(e.toString());
      }
    }
  }

  int answered() {
    return answered.get();
  }

  int away() {
    return away.get();
  }

  /** Returns the answers that were neither the list nor that the plugin is away. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
