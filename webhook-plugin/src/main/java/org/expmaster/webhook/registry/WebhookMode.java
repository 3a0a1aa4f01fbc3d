package org.expmaster.webhook.registry;

/** Which experiments of its workspace a webhook is notified of. Stored by name: do not rename. */
public enum WebhookMode {
  /** All of them. */
  WORKSPACE,
  /** Those whose config names the webhook. */
  SPECIFIC
}
