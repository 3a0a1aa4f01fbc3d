package org.expmaster.webhook.signing;

import java.time.Duration;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Stores of signing keys over one fresh database for each test. */
abstract class SigningKeyStores {
  static final Duration OVERLAP = Duration.ofHours(24);

  final TurnableClock clock = new TurnableClock();
  TestDatabase database;

  abstract TestDatabase fresh();

  @BeforeEach
  final void open() {
    database = fresh();
  }

  @AfterEach
  final void close() {
    database.close();
  }

  SigningKeyStore store(TestDatabase in) {
    return new SigningKeyStore(in.open(), clock, OVERLAP);
  }

  int rows() {
    return database
        .open()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT count(*) FROM webhooks_signing_key")
                    .mapTo(Integer.class)
                    .one());
  }
}
