package org.expmaster.webhook.outbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An event in one payload form, and the webhooks that get it.
 *
 * @param event any of the deliveries, which all have the same event and body
 */
record Fanout(NewDelivery event, List<Long> webhookIds) {
  /** Groups deliveries that have the same event and share the same array as their body. */
  static List<Fanout> of(List<NewDelivery> deliveries) {
    Map<byte[], Map<String, Fanout>> found = new IdentityHashMap<>();
    List<Fanout> inOrder = new ArrayList<>();
    for (NewDelivery delivery : deliveries) {
      found
          .computeIfAbsent(delivery.body(), body -> new LinkedHashMap<>())
          .computeIfAbsent(
              delivery.eventId(),
              eventId -> {
                Fanout fanout = new Fanout(delivery, new ArrayList<>());
                inOrder.add(fanout);
                return fanout;
              })
          .webhookIds()
          .add(delivery.webhookId());
    }
    return inOrder;
  }

  /** Binds the event's seven columns, starting at the parameter {@code from}. */
  void bindEvent(PreparedStatement insert, int from, Instant now) throws SQLException {
    insert.setString(from, event.eventId());
    insert.setString(from + 1, event.eventType());
    insert.setLong(from + 2, event.experimentId());
    insert.setString(from + 3, event.contentType());
    insert.setBytes(from + 4, event.body());
    insert.setLong(from + 5, now.toEpochMilli());
    insert.setString(from + 6, event.traceparent().orElse(""));
  }
}
