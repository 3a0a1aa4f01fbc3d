package org.expmaster.webhook.publish;

import java.time.Duration;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What catches up, over a fresh database for each test. */
abstract class CatchingUpContract {
  static final Duration MINUTE = Duration.ofMinutes(1);

  CatchingUp fixture;

  abstract TestDatabase fresh();

  @BeforeEach
  final void open() {
    fixture = new CatchingUp(fresh());
  }

  @AfterEach
  final void close() {
    fixture.close();
  }
}
