package org.expmaster.webhook.registry;

import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The registries of masters that share a fresh database for each test. */
abstract class RegistriesContract {
  Registries registries;

  abstract TestDatabase fresh();

  @BeforeEach
  final void open() throws Exception {
    registries = new Registries(fresh());
  }

  @AfterEach
  final void close() {
    registries.close();
  }
}
