package org.expmaster.webhook.payload;

import java.time.Instant;
import java.util.UUID;
import org.expmaster.webhook.event.WebhookEvent;
import tools.jackson.databind.node.ObjectNode;

/** Type Default, payload version 1: the documented payload, compact, keys in that order. */
final class DefaultRenderer implements PayloadRenderer {
  @Override
  public ObjectNode render(WebhookEvent event) {
    ObjectNode payload = Json.object();
    payload.put("event_id", event.id().toString());
    payload.put("event_type", event.type());
    payload.put("timestamp", event.at().getEpochSecond());
    payload.set("event_data", EventData.of(event));
    return payload;
  }

  @Override
  public ObjectNode test(UUID id, Instant at) {
    return render(TestEvent.of(id, at));
  }
}
