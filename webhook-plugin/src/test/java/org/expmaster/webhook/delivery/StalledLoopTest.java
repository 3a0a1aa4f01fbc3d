package org.expmaster.webhook.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A delivery loop that does not turn any more says so, and where it is. */
final class StalledLoopTest {
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir private Path directory;

  @Test
  void aLoopThatHangsIsAProblemUntilItTurnsAgain() throws Exception {
    DeliveryFixture fixture = new DeliveryFixture(TestDatabase.sqlite(directory));
    AtomicLong nanos = new AtomicLong();
    DeliveryService service =
        fixture.service(new Heartbeat(nanos::get), new FakeSender(), NEVER, NEVER);
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    var signer = fixture.signer;
    fixture.signer =
        () -> {
          hanging.countDown();
          awaitEnd(over);
          return signer.get();
        };
    fixture.commit(fixture.webhook(1), "e1");
    service.start();
    hanging.await();
    assertFalse(service.isDegraded(), "a turn may take a while");

    nanos.addAndGet(Heartbeat.LONGEST.plusSeconds(5).toNanos());

    assertTrue(service.isDegraded());
    String problem = (String) service.details().get("problem");
    assertTrue(
        problem.startsWith("the delivery loop has not turned for 2 minutes 5 seconds; it is at"),
        problem);
    over.countDown();
    while (service.isDegraded()) {
      Thread.onSpinWait();
    }
    service.drain(Duration.ZERO);
    assertEquals(false, service.isDegraded(), "a loop that has ended need not turn");
    fixture.close();
  }

  private static void awaitEnd(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
