package org.expmaster.webhook.payload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.expmaster.webhook.event.WebhookEvent;

/** Writes an event in the words of one webhook type. Stateless: any thread may use it. */
interface PayloadRenderer {
  /** The event as a document. */
  ObjectNode render(WebhookEvent event);

  /** What "Test Webhook" sends. */
  ObjectNode test(UUID id, Instant at);

  /** What the document is, as HTTP names it. */
  default String contentType() {
    return "application/json; charset=UTF-8";
  }
}
