package org.expmaster.webhook.payload;

import java.util.EnumMap;
import java.util.Map;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.WebhookType;

/** The renderers, by webhook type. */
public final class Payloads {
  private final Map<WebhookType, PayloadRenderer> renderers = new EnumMap<>(WebhookType.class);

  /** All renderers there are. */
  public Payloads() {
    renderers.put(WebhookType.DEFAULT, new DefaultRenderer());
  }

  /** The body of the request that tells a webhook of this type of the event. */
  public byte[] render(WebhookType type, WebhookEvent event) {
    return renderers.get(type).render(event);
  }
}
