package org.expmaster.webhook.registry;

import java.util.Objects;

/**
 * How a webhook wants to be told. Two webhooks of the same form are told of an event in the same
 * bytes.
 *
 * @param type the form itself
 * @param version which version of the event payload; 0 means the master's
 * @param template the wording of a message, empty for the usual one
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

  /** Without the template, which may be long and is its author's. */
  @Override
  public String toString() {
    return "PayloadForm[" + type + ", version " + version + "]";
  }
}
