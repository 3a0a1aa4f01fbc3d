package org.expmaster.webhook.registry;

/** The form in which a webhook is told of an event. Names are stored: do not rename. */
public enum WebhookType {
  /** The event as JSON. */
  DEFAULT
}
