package org.expmaster.webhook.publish;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.expmaster.plugin.model.Experiment;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.outbox.NewDelivery;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.outbox.Unwritten;
import org.expmaster.webhook.payload.Payload;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.telling.Log;

/** Publishes events (match → render → outbox), inside the transaction in which they happen. */
public final class EventPublisher {
  private static final Log log = Log.of(EventPublisher.class);

  private final TriggerMatcher matcher;
  private final Payloads renderers;
  private final Outbox outbox;
  private final Supplier<Optional<String>> traceparent;

  /** Creates a publisher of events that nobody traces. */
  public EventPublisher(TriggerMatcher matcher, Payloads renderers, Outbox outbox) {
    this(matcher, renderers, outbox, Optional::empty);
  }

  /**
   * @param traceparent returns the span that is current on the calling thread
   */
  public EventPublisher(
      TriggerMatcher matcher,
      Payloads renderers,
      Outbox outbox,
      Supplier<Optional<String>> traceparent) {
    this.traceparent = traceparent;
    this.matcher = matcher;
    this.renderers = renderers;
    this.outbox = outbox;
  }

  /**
   * Writes a delivery for every webhook to notify of a state change.
   *
   * @return the webhooks with a new delivery, to be announced after the commit
   */
  public List<Long> publish(StateChanged event, Connection transaction) throws SQLException {
    return write(event, matcher.match(event), transaction);
  }

  /** Does the same for a state change of some time ago, for webhooks whose trigger existed then. */
  List<Long> publishLate(StateChanged event, Connection transaction) throws SQLException {
    return write(event, matcher.matchLate(event), transaction);
  }

  /** Does the same for an alert. */
  public List<Long> publish(CustomAlert event, Connection transaction) throws SQLException {
    return write(event, matcher.match(event), transaction);
  }

  /** Does the same for webhooks that are already matched. */
  List<Long> write(WebhookEvent event, List<Webhook> webhooks, Connection transaction)
      throws SQLException {
    if (webhooks.isEmpty()) {
      return List.of();
    }
    Map<PayloadForm, Optional<Payload>> payloads = new HashMap<>();
    List<NewDelivery> deliveries = new ArrayList<>(webhooks.size());
    Optional<String> span = traceparent.get();
    long experimentId = event.subject().map(Experiment::id).orElse(NewDelivery.NO_EXPERIMENT);
    for (Webhook webhook : webhooks) {
      payloads
          .computeIfAbsent(webhook.form(), form -> render(webhook, event))
          .map(
              payload ->
                  new NewDelivery(
                      webhook.id(),
                      event.id().toString(),
                      event.type(),
                      experimentId,
                      payload.contentType(),
                      payload.body(),
                      span))
          .ifPresent(deliveries::add);
    }
    outbox.add(transaction, deliveries);
    return deliveries.stream().map(NewDelivery::webhookId).toList();
  }

  /** Returns empty on a failure: a defect in one form must not affect webhooks of other forms. */
  private Optional<Payload> render(Webhook webhook, WebhookEvent event) {
    try {
      return Optional.of(renderers.render(webhook.form(), event));
    } catch (RuntimeException defect) {
      outbox.meters().unwritten(Unwritten.PAYLOAD);
      // not its message, which may contain data of the event
      log.error(
          "event {} could not be put in the form of webhook {}, to which it is lost: {} at {}",
          event.id(),
          webhook.id(),
          defect.getClass().getName(),
          Arrays.stream(defect.getStackTrace()).findFirst().map(Object::toString).orElse("?"));
      return Optional.empty();
    }
  }
}
