package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.outbox.Attempt;
import org.expmaster.webhook.outbox.Delivery;
import org.expmaster.webhook.outbox.DeliveryState;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class DeliveryJsonTest {
  private static final Instant CREATED = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant DUE = CREATED.plusSeconds(5);

  @Test
  void theNextAttemptIsWhenItIsDue() {
    assertEquals("2026-03-01T12:00:05Z", next(Optional.of(DUE), Health.WELL));
  }

  @Test
  void theNextAttemptIsNotBeforeItsWebhooksPauseEnds() {
    assertEquals("2026-03-01T12:05:00Z", next(Optional.of(DUE), pausedFor(Duration.ofMinutes(5))));
    assertEquals("2026-03-01T12:00:05Z", next(Optional.of(DUE), pausedFor(Duration.ofSeconds(1))));
  }

  @Test
  void whatHasEndedHasNoNextAttempt() {
    assertTrue(
        DeliveryJson.of(delivery(Optional.empty()), pausedFor(Duration.ofMinutes(5)))
            .get("nextAttemptAt")
            .isNull());
  }

  @Test
  void whatIsMaskedHoldsNothingOfWhatWasSentOrAnswered() {
    Attempt attempt =
        new Attempt(
            CREATED,
            OptionalInt.of(500),
            "the receiver answered 500",
            Duration.ofMillis(3),
            Optional.of("s3cret"));
    ObjectNode delivery =
        DeliveryJson.of(
            delivery(Optional.of(DUE)),
            Health.WELL,
            List.of(attempt),
            one -> "what to do",
            "s3cret".getBytes(UTF_8));
    DeliveryJson.mask(delivery);
    assertTrue(delivery.get("body").isNull());
    assertEquals(
        "[{\"at\":\"2026-03-01T12:00:00Z\",\"status\":500,"
            + "\"problem\":\"the receiver answered 500\",\"millis\":3,\"response\":null,"
            + "\"hint\":\"what to do\"}]",
        delivery.get("attemptLog").toString());
  }

  private static String next(Optional<Instant> due, Health health) {
    return DeliveryJson.of(delivery(due), health).get("nextAttemptAt").stringValue();
  }

  private static Health pausedFor(Duration pause) {
    return new Health(
        Optional.empty(), Optional.of(CREATED.plus(pause)), Optional.empty(), "answered 429");
  }

  private static Delivery delivery(Optional<Instant> due) {
    return new Delivery(
        1,
        2,
        "e",
        "experiment_completed",
        3,
        CREATED,
        due.isPresent() ? DeliveryState.WAITING : DeliveryState.DELIVERED,
        1,
        due,
        due.isPresent() ? Optional.empty() : Optional.of(CREATED),
        Optional.empty());
  }
}
