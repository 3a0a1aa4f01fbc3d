package org.expmaster.webhook.payload;

import org.expmaster.webhook.event.WebhookEvent;

/** Writes an event in the words of one webhook type. Stateless: any thread may use it. */
interface PayloadRenderer {

  /** The body of the request, as it goes over the wire and is signed. */
  byte[] render(WebhookEvent event);
}
