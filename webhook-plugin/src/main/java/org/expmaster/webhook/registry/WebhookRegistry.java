package org.expmaster.webhook.registry;

import java.time.Clock;
import org.expmaster.webhook.db.Database;

/**
 * The webhooks: stored in the database, read from memory.
 *
 * <p>Matching reads {@link #snapshot()} and never the database. An edit here is in the snapshot
 * when the call returns; another master's edit is there after the next {@link #refresh()}.
 */
public final class WebhookRegistry {
  private final WebhookStore store;
  private volatile RegistrySnapshot snapshot;

  /** Reads the webhooks. */
  public WebhookRegistry(Database database, Clock clock) {
    this.store = new WebhookStore(database, clock);
    this.snapshot = read();
  }

  /** The webhooks as last read. */
  public RegistrySnapshot snapshot() {
    return snapshot;
  }

  /** Reads the webhooks again if anyone has changed them. */
  public void refresh() {
    if (store.version() != snapshot.version()) {
      reload();
    }
  }

  /**
   * Stores a new webhook.
   *
   * @throws DuplicateNameException if another webhook of its workspace has its name
   */
  public Webhook create(WebhookDraft draft, long createdBy) {
    Webhook webhook = store.create(draft, createdBy);
    reload();
    return webhook;
  }

  /**
   * Makes a webhook what the draft says. Triggers that stay as they are keep their ids.
   *
   * @param version the one that the edit was made for
   * @return false if the webhook has another version by now, or is gone
   * @throws DuplicateNameException if another webhook of its workspace has its name
   */
  public boolean update(long id, long version, WebhookDraft draft) {
    boolean updated = store.update(id, version, draft);
    reload();
    return updated;
  }

  /**
   * Deletes a webhook and what was waiting to be sent to it.
   *
   * @param version the one that was meant
   * @return false if the webhook has another version by now, or is gone
   */
  public boolean delete(long id, long version) {
    boolean deleted = store.delete(id, version);
    reload();
    return deleted;
  }

  /** Reads and publishes under one lock, so that an older reading never replaces a newer one. */
  private synchronized void reload() {
    snapshot = read();
  }

  private RegistrySnapshot read() {
    WebhookStore.Contents contents = store.read();
    return new RegistrySnapshot(contents.version(), contents.webhooks());
  }
}
