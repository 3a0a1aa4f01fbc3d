package org.expmaster.webhook;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.outbox.NewDelivery;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.payload.Payload;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.PayloadForm;
import org.expmaster.webhook.registry.Webhook;

/** Event → match → render → outbox, inside the transaction in which the event happens. */
final class EventPublisher {
  private final TriggerMatcher matcher;
  private final Payloads renderers;
  private final Outbox outbox;

  EventPublisher(TriggerMatcher matcher, Payloads renderers, Outbox outbox) {
    this.matcher = matcher;
    this.renderers = renderers;
    this.outbox = outbox;
  }

  /**
   * Writes a delivery for every webhook that wants to know.
   *
   * @return the webhooks for which something was written, to be announced after the commit
   */
  List<Long> publish(StateChanged event, Connection transaction) throws SQLException {
    List<Webhook> webhooks = matcher.match(event);
    if (webhooks.isEmpty()) {
      return List.of();
    }
    Map<PayloadForm, Payload> payloads = new HashMap<>();
    List<NewDelivery> deliveries = new ArrayList<>(webhooks.size());
    for (Webhook webhook : webhooks) {
      Payload payload =
          payloads.computeIfAbsent(webhook.form(), form -> renderers.render(form, event));
      deliveries.add(
          new NewDelivery(
              webhook.id(),
              event.id().toString(),
              event.type(),
              event.experiment().id(),
              payload.contentType(),
              payload.body()));
    }
    outbox.add(transaction, deliveries);
    return webhooks.stream().map(Webhook::id).toList();
  }
}
