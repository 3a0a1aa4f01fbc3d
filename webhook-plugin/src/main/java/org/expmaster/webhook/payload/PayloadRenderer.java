package org.expmaster.webhook.payload;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.expmaster.webhook.event.WebhookEvent;
import tools.jackson.databind.node.ObjectNode;

/** Renders events for one webhook type. Stateless: any thread may use it. */
interface PayloadRenderer {
  ObjectNode render(WebhookEvent event);

  /** Returns the document that "Test Webhook" sends. */
  ObjectNode test(UUID id, Instant at);

  /** Returns what the receiving services are known to answer; empty if there are none. */
  default List<KnownAnswers> answers() {
    return List.of();
  }

  /** Returns the document's {@code Content-Type}. */
  default String contentType() {
    return "application/json; charset=UTF-8";
  }
}
