package org.expmaster.webhook.outbox;

import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An outbox in a fresh database for each test. */
abstract class OutboxContract {
  OutboxFixture fixture;

  abstract TestDatabase fresh();

  @BeforeEach
  final void open() {
    fixture = new OutboxFixture(fresh());
  }

  @AfterEach
  final void close() {
    fixture.close();
  }
}
