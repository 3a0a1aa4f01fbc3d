package org.expmaster.webhook.signing;

import org.expmaster.webhook.testing.TestDatabase;

final class PostgresSigningKeyStoreTest extends SigningKeyStoreContract {
  @Override
  TestDatabase fresh() {
    return TestDatabase.postgres();
  }
}
