package org.expmaster.webhook.payload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.expmaster.webhook.event.WebhookEvent;

/** Renders events for one webhook type. Stateless: any thread may use it. */
interface PayloadRenderer {
  ObjectNode render(WebhookEvent event);

  /** Returns the document that "Test Webhook" sends. */
  ObjectNode test(UUID id, Instant at);

  /** Returns the document's {@code Content-Type}. */
  default String contentType() {
    return "application/json; charset=UTF-8";
  }
}
