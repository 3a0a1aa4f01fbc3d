package org.expmaster.webhook.registry;

import java.util.Objects;

/**
 * The form of a webhook's payloads. Webhooks with equal forms get an event in identical bytes.
 *
 * @param type the type of the webhook
 * @param version the version of the event payload; 0 means the master's
 * @param template the template of a message, empty for the default
 */
public record PayloadForm(WebhookType type, int version, String template) {
  /** The event as JSON, in the master's version. */
  public static final PayloadForm DEFAULT = new PayloadForm(WebhookType.DEFAULT, 0, "");

  public PayloadForm {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(template, "template");
    if (version < 0) {
      throw new IllegalArgumentException("version is " + version);
    }
  }

  /** Omits the template, which may be long and is the user's own text. */
  @Override
  public String toString() {
    return "PayloadForm[" + type + ", version " + version + "]";
  }
}
