package org.expmaster.webhook.registry;

/** The type of a webhook, which decides the form of its payloads. Stored by name: do not rename. */
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

  /** Returns the name shown to users. */
  public String title() {
    return title;
  }

  /** Returns a description of what the receiver gets, shown to users. */
  public String description() {
    return description;
  }

  /** Returns whether people read it: a message has a template, and few are welcome at once. */
  public boolean isMessage() {
    return message;
  }
}
