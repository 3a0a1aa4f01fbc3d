package org.expmaster.webhook.registry;

/** The form in which a webhook is told of an event. Names are stored: do not rename. */
public enum WebhookType {
  /** The event as JSON. */
  DEFAULT(false),
  /** A message in a Slack channel. */
  SLACK(true),
  /** A message in Microsoft Teams, by way of a workflow's webhook. */
  MSTEAMS(true),
  /** A message in a Discord channel. */
  DISCORD(true),
  /** The event as JSON, in the envelope of the CloudEvents specification. */
  CLOUDEVENTS(false);

  private final boolean message;

  WebhookType(boolean message) {
    this.message = message;
  }

  /** Whether people read it: it has a wording, and a place where only so much is welcome. */
  public boolean isMessage() {
    return message;
  }
}
