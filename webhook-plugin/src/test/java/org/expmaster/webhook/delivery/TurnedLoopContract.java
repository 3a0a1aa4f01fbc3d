package org.expmaster.webhook.delivery;

import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A loop that the test turns, over a fresh database for each test. */
abstract class TurnedLoopContract {
  DeliveryFixture fixture;
  TurnedLoop turned;
  FakeSender sender;
  DeliveryLoop loop;

  abstract TestDatabase fresh();

  @BeforeEach
  final void open() {
    fixture = new DeliveryFixture(fresh());
    turned = new TurnedLoop(fixture);
    sender = turned.sender;
    loop = turned.loop;
  }

  @AfterEach
  final void close() {
    fixture.close();
  }
}
