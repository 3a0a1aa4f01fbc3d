package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.telling.Meters;

/**
 * Counts and times attempts and deliveries, by outcome, type of webhook and type of event. Its
 * methods may throw what the registry throws. Confined to the loop's thread.
 */
public final class DeliveryMeters {
  private static final List<Duration> REQUEST =
      List.of(
          Duration.ofMillis(5),
          Duration.ofMillis(10),
          Duration.ofMillis(25),
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofMillis(2_500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  private static final List<Duration> RECEIPT =
      List.of(
          Duration.ofMillis(10),
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofHours(24));

  private final Meters meters;
  private final LongFunction<String> types;
  private final Map<Labels, LongConsumer> attempts = new HashMap<>();
  private final Map<Labels, LongConsumer> deliveries = new HashMap<>();
  private final Map<Labels, Consumer<Duration>> requests = new HashMap<>();
  private final Map<String, Consumer<Duration>> receipts = new HashMap<>();

  private record Labels(String outcome, String type, String event) {}

  /**
   * @param types returns a webhook's type, one of a few short names
   */
  public DeliveryMeters(Meters meters, LongFunction<String> types) {
    this.meters = meters;
    this.types = types;
  }

  /** Counts an attempt that has ended, and times its request. */
  void attempted(ClaimedDelivery claim, Outcome outcome) {
    String type = types.apply(claim.webhookId());
    attempts
        .computeIfAbsent(new Labels(outcome.label(), type, claim.eventType()), this::attemptCounter)
        .accept(1);
    requests
        .computeIfAbsent(new Labels(coarse(outcome), type, ""), this::requestTimer)
        .accept(outcome.took());
  }

  /**
   * Counts a delivery that the receiver has accepted.
   *
   * @param since the time since its event was written
   */
  void delivered(ClaimedDelivery claim, Duration since) {
    ended("delivered", claim);
    // of one that was redelivered, the time would be that until somebody asked for it
    if (claim.attempts() == claim.failures()) {
      receipts
          .computeIfAbsent(types.apply(claim.webhookId()), this::receiptTimer)
          .accept(since.isNegative() ? Duration.ZERO : since);
    }
  }

  /** Counts a delivery that has become a dead letter. */
  void dead(ClaimedDelivery claim) {
    ended("dead", claim);
  }

  private void ended(String outcome, ClaimedDelivery claim) {
    deliveries
        .computeIfAbsent(
            new Labels(outcome, types.apply(claim.webhookId()), claim.eventType()),
            this::deliveryCounter)
        .accept(1);
  }

  private LongConsumer attemptCounter(Labels labels) {
    return counter("webhooks.attempts", "Attempts that have ended, by what came of them", labels);
  }

  private LongConsumer deliveryCounter(Labels labels) {
    return counter(
        "webhooks.deliveries",
        "Deliveries that have ended: delivered, or dead after their last attempt",
        labels);
  }

  private LongConsumer counter(String name, String description, Labels labels) {
    return meters.counter(
        name,
        description,
        "outcome",
        labels.outcome(),
        "type",
        labels.type(),
        "event",
        labels.event());
  }

  private Consumer<Duration> requestTimer(Labels labels) {
    return meters.timer(
        "webhooks.request.duration",
        "Time from the start of an attempt to its end",
        REQUEST,
        "outcome",
        labels.outcome(),
        "type",
        labels.type());
  }

  private Consumer<Duration> receiptTimer(String type) {
    return meters.timer(
        "webhooks.event.to.receipt",
        "Time from the writing of an event to the receiver's acceptance, without redeliveries",
        RECEIPT,
        "type",
        type);
  }

  private static String coarse(Outcome outcome) {
    if (outcome.succeeded()) {
      return "success";
    }
    return outcome.answer().isPresent() ? "refused" : "unanswered";
  }
}
