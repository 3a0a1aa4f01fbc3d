package org.expmaster.webhook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long the sender reports what went wrong. */
final class MishapsTest {
  @Test
  void whatWentWrongIsShownForAWhileAndNoLonger() {
    AtomicLong nanos = new AtomicLong();
    Mishaps mishaps = new Mishaps(nanos::get);
    assertEquals(Optional.empty(), mishaps.current());
    mishaps.tell("it broke");
    nanos.addAndGet(Mishaps.SHOWN.toNanos() - 1);
    assertEquals(Optional.of("it broke"), mishaps.current());
    nanos.incrementAndGet();
    assertEquals(Optional.empty(), mishaps.current());
  }
}
