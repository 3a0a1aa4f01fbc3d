package org.expmaster.webhook.registry;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * A stored webhook; the other components are those of {@link WebhookDraft}.
 *
 * @param version incremented by every edit
 */
public record Webhook(
    long id,
    long version,
    String name,
    URI url,
    PayloadForm form,
    WebhookMode mode,
    OptionalLong workspaceId,
    List<StoredTrigger> triggers) {

  /** A trigger and its id. */
  public record StoredTrigger(long id, Trigger trigger) {
    public StoredTrigger {
      Objects.requireNonNull(trigger, "trigger");
    }
  }

  public Webhook {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(workspaceId, "workspaceId");
    triggers = List.copyOf(triggers);
  }

  /** Calls the action with the id and the trigger of each trigger of this kind. */
  public <T extends Trigger> void eachTrigger(Class<T> kind, BiConsumer<Long, T> action) {
    for (StoredTrigger stored : triggers) {
      if (kind.isInstance(stored.trigger())) {
        action.accept(stored.id(), kind.cast(stored.trigger()));
      }
    }
  }

  /** Omits the URL, which may be a secret. */
  @Override
  public String toString() {
    return "Webhook[id=" + id + ", name=" + name + ", type=" + form.type() + "]";
  }
}
