package org.expmaster.webhook.registry;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A webhook as requested: checked, but not stored yet.
 *
 * @param name its name, unique in its workspace; empty if it has none
 * @param workspaceId the workspace whose experiments it is notified of, or empty for all
 */
public record WebhookDraft(
    String name,
    Endpoint endpoint,
    PayloadForm form,
    WebhookMode mode,
    OptionalLong workspaceId,
    List<Trigger> triggers) {

  public WebhookDraft {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(workspaceId, "workspaceId");
    triggers = List.copyOf(triggers);
    if (triggers.isEmpty()) {
      throw new IllegalArgumentException("a webhook without a trigger would never fire");
    }
  }

  /** Returns the URL, which may be a secret. */
  public URI url() {
    return endpoint.url();
  }

  /** Names it for logs. */
  @Override
  public String toString() {
    return "WebhookDraft[name=" + name + ", type=" + form.type() + "]";
  }
}
