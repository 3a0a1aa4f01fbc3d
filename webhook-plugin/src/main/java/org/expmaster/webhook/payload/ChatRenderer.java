package org.expmaster.webhook.payload;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.expmaster.webhook.event.WebhookEvent;
import tools.jackson.databind.node.ObjectNode;

/** Renders events as chat messages in the default wording. */
record ChatRenderer(ChatFormat format, Messages messages) implements PayloadRenderer {
  @Override
  public ObjectNode render(WebhookEvent event) {
    return format.message(messages.of(event));
  }

  @Override
  public ObjectNode test(UUID id, Instant at) {
    return format.test();
  }

  @Override
  public List<KnownAnswers> answers() {
    return format.answers();
  }
}
