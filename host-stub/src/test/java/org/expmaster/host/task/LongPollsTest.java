package org.expmaster.host.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LongPollsTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final LongPolls polls = new LongPolls();
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final CountDownLatch waiting = new CountDownLatch(LongPolls.MOST);

  @AfterEach
  void stop() {
    clients.shutdownNow();
  }

  @Test
  void oneMoreThanMayWaitIsAnsweredWithoutADelay() throws Exception {
    waitAll();
    AtomicInteger asked = new AtomicInteger();
    polls.until(() -> asked.incrementAndGet() < 0, LONG);
    assertEquals(0, asked.get());
  }

  @Test
  void whoHasBeenAnsweredMakesRoom() throws Exception {
    waitAll();
    ended.set(true);
    clients.shutdown();
    assertTrue(clients.awaitTermination(30, TimeUnit.SECONDS));
    AtomicInteger asked = new AtomicInteger();
    polls.until(() -> asked.incrementAndGet() == 2, LONG);
    assertEquals(2, asked.get());
  }

  private void waitAll() throws InterruptedException {
    for (int i = 0; i < LongPolls.MOST; i++) {
      AtomicBoolean seen = new AtomicBoolean();
      clients.execute(() -> polls.until(() -> ended(seen), LONG));
    }
    assertTrue(waiting.await(30, TimeUnit.SECONDS));
  }

  private boolean ended(AtomicBoolean seen) {
    if (seen.compareAndSet(false, true)) {
      waiting.countDown();
    }
    return ended.get();
  }
}
