package org.expmaster.webhook.telling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.expmaster.webhook.testing.FaultyLog;
import org.junit.jupiter.api.Test;

/** Log lines and meters never throw into the work, and a failure to log is remembered. */
final class TellingTest {
  private static final Error FAULT = new OutOfMemoryError("a test's");

  private final List<String> told = new ArrayList<>();
  private final Telling telling = new Telling();

  @Test
  void theOthersAreToldWhateverOneThrows() {
    telling.tell(() -> told.add("first"), TellingTest::raise, () -> told.add("last"));
    assertEquals(List.of("first", "last"), told);
    assertEquals(Optional.of(FAULT), telling.failure());
  }

  @Test
  void whatFailedIsKnownUntilItWorks() {
    telling.tell(TellingTest::raise);
    telling.tell(() -> told.add("again"));
    assertEquals(Optional.empty(), telling.failure());
  }

  @Test
  void aLogThatThrowsHarmsNobody() {
    Log log = Log.of(TellingTest.class);
    try (FaultyLog faulty = new FaultyLog()) {
      faulty.faults.takeAway(() -> FAULT);
      log.error("a test's");
      log.warn("a test's");
      log.info("a test's");
      log.debug("a test's");
      assertEquals(false, log.isDebugEnabled());
      assertEquals(Optional.of(FAULT), Log.failure());
    }
    log.info("a test's");
    assertEquals(Optional.empty(), Log.failure());
  }

  private static void raise() {
    throw FAULT;
  }
}
