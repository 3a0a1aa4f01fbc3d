package org.expmaster.webhook.registry;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.expmaster.webhook.signing.WebhookSecrets;

/**
 * A stored webhook; the other components are those of {@link WebhookDraft}.
 *
 * @param version incremented by every edit, but not by a rotation of the secret
 * @param lastEdit its creation or its last edit; empty if that is too long ago to be known
 */
public record Webhook(
    long id,
    long version,
    String name,
    Endpoint endpoint,
    PayloadForm form,
    WebhookMode mode,
    OptionalLong workspaceId,
    List<StoredTrigger> triggers,
    WebhookSecrets secrets,
    Optional<LastEdit> lastEdit) {

  /**
   * A trigger as it is stored.
   *
   * @param createdAt when it was added to the webhook, by the common time of all masters
   */
  public record StoredTrigger(long id, Trigger trigger, Instant createdAt) {
    public StoredTrigger {
      Objects.requireNonNull(trigger, "trigger");
      Objects.requireNonNull(createdAt, "createdAt");
    }

    /** Returns a trigger that has always existed. */
    public StoredTrigger(long id, Trigger trigger) {
      this(id, trigger, Instant.EPOCH);
    }
  }

  /**
   * The last edit.
   *
   * @param by the user's name at that time
   */
  public record LastEdit(String by, Instant at) {
    public LastEdit {
      Objects.requireNonNull(by, "by");
      Objects.requireNonNull(at, "at");
    }
  }

  /** Creates a webhook of which nobody knows who edited it. */
  public Webhook(
      long id,
      long version,
      String name,
      Endpoint endpoint,
      PayloadForm form,
      WebhookMode mode,
      OptionalLong workspaceId,
      List<StoredTrigger> triggers,
      WebhookSecrets secrets) {
    this(id, version, name, endpoint, form, mode, workspaceId, triggers, secrets, Optional.empty());
  }

  public Webhook {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(workspaceId, "workspaceId");
    triggers = List.copyOf(triggers);
    Objects.requireNonNull(secrets, "secrets");
    Objects.requireNonNull(lastEdit, "lastEdit");
  }

  /** Returns the URL, which may be a secret. */
  public URI url() {
    return endpoint.url();
  }

  /** Calls the action with the id and the trigger of each trigger of this kind. */
  public <T extends Trigger> void eachTrigger(Class<T> kind, BiConsumer<Long, T> action) {
    for (StoredTrigger stored : triggers) {
      if (kind.isInstance(stored.trigger())) {
        action.accept(stored.id(), kind.cast(stored.trigger()));
      }
    }
  }

  /** Names it for logs. */
  @Override
  public String toString() {
    return "Webhook[id=" + id + ", name=" + name + ", type=" + form.type() + "]";
  }
}
