package org.expmaster.webhook.registry;

/** The form in which a webhook is told of an event. Names are stored: do not rename. */
public enum WebhookType {
  DEFAULT("Default", "The event as JSON", false),
  SLACK("Slack", "A message in a channel", true),
  MSTEAMS("Teams", "A card, by way of a workflow's webhook", true),
  DISCORD("Discord", "A message in a channel", true),
  CLOUDEVENTS("CloudEvents", "The event in a CloudEvents envelope", false);

  private final String title;
  private final String description;
  private final boolean message;

  WebhookType(String title, String description, boolean message) {
    this.title = title;
    this.description = description;
    this.message = message;
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** What arrives, for people who choose. */
  public String description() {
    return description;
  }

  /** Whether people read it: it has a wording, and a place where only so much is welcome. */
  public boolean isMessage() {
    return message;
  }
}
