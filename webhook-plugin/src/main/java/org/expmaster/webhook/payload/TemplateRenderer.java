package org.expmaster.webhook.payload;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.expmaster.webhook.event.WebhookEvent;
import tools.jackson.databind.node.ObjectNode;

/** Renders events as chat messages in the wording of a webhook's template. */
record TemplateRenderer(ChatFormat format, Messages messages, Links links, String template)
    implements PayloadRenderer {

  /** Falls back to the default wording if the filled-in template is blank. */
  @Override
  public ObjectNode render(WebhookEvent event) {
    String text =
        MessageTemplate.of(template).fill(Placeholders.of(event, links, format::escape)).strip();
    return text.isEmpty() ? format.message(messages.of(event)) : format.worded(template, text);
  }

  /** Renders the documented event, so that the template's author sees what it produces. */
  @Override
  public ObjectNode test(UUID id, Instant at) {
    return render(TestEvent.of(id, at));
  }

  @Override
  public List<KnownAnswers> answers() {
    return format.answers();
  }
}
