package org.expmaster.webhook;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.expmaster.webhook.event.WebhookEvent.StateChanged;
import org.expmaster.webhook.match.TriggerMatcher;
import org.expmaster.webhook.outbox.NewDelivery;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookType;

/** Event → match → render → outbox, inside the transaction in which the event happens. */
final class EventPublisher {
  private final TriggerMatcher matcher;
  private final Payloads payloads;
  private final Outbox outbox;

  EventPublisher(TriggerMatcher matcher, Payloads payloads, Outbox outbox) {
    this.matcher = matcher;
    this.payloads = payloads;
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
    Map<WebhookType, byte[]> bodies = new EnumMap<>(WebhookType.class);
    List<NewDelivery> deliveries = new ArrayList<>(webhooks.size());
    for (Webhook webhook : webhooks) {
      byte[] body =
          bodies.computeIfAbsent(webhook.form().type(), type -> payloads.render(type, event));
      deliveries.add(
          new NewDelivery(
              webhook.id(), event.id().toString(), event.type(), event.experiment().id(), body));
    }
    outbox.add(transaction, deliveries);
    return webhooks.stream().map(Webhook::id).toList();
  }
}
