package org.expmaster.webhook.payload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.expmaster.webhook.event.WebhookEvent;

/** A chat's message in the wording of its webhook's template. */
record TemplateRenderer(ChatFormat format, Messages messages, Links links, String template)
    implements PayloadRenderer {

  /** A template of which nothing is left says nothing: then the usual wording does. */
  @Override
  public ObjectNode render(WebhookEvent event) {
    String text =
        MessageTemplate.of(template).fill(Placeholders.of(event, links, format::escape)).strip();
    return text.isEmpty() ? format.message(messages.of(event)) : format.worded(template, text);
  }

  /** With a template, the documented event: its author wants to see what it makes of one. */
  @Override
  public ObjectNode test(UUID id, Instant at) {
    return render(TestEvent.of(id, at));
  }
}
