package org.expmaster.webhook.registry;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A webhook as requested: checked, but not stored yet.
 *
 * @param name its name, unique in its workspace; empty if it has none
 * @param url where to send: an absolute http or https URL. Some receivers' URLs are secrets, so it
 *     is never logged.
 * @param workspaceId the workspace whose experiments it is notified of, or empty for all
 */
public record WebhookDraft(
    String name,
    URI url,
    PayloadForm form,
    WebhookMode mode,
    OptionalLong workspaceId,
    List<Trigger> triggers) {

  public WebhookDraft {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(workspaceId, "workspaceId");
    triggers = List.copyOf(triggers);
    if (triggers.isEmpty()) {
      throw new IllegalArgumentException("a webhook without a trigger would never fire");
    }
  }

  /** Omits the URL, which may be a secret. */
  @Override
  public String toString() {
    return "WebhookDraft[name=" + name + ", type=" + form.type() + "]";
  }
}
