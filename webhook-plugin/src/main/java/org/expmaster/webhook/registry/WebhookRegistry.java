package org.expmaster.webhook.registry;

import java.time.Clock;
import java.util.List;
import org.expmaster.webhook.db.Database;

/**
 * The webhooks: stored in the database, read from memory.
 *
 * <p>Matching reads {@link #snapshot()} and never the database. An edit here is in the snapshot
 * when the call returns; another master's edit is there after the next {@link #refresh()}. Either
 * costs what has changed, however many webhooks there are.
 */
public final class WebhookRegistry {
  private final WebhookStore store;
  private final ChangeStore changes;
  private final Quotas quotas;
  private volatile RegistrySnapshot snapshot = new RegistrySnapshot(ChangeStore.NOTHING, List.of());

  /** Reads the webhooks, of which there may be any number. */
  public WebhookRegistry(Database database, Clock clock) {
    this(database, Quotas.NONE, clock);
  }

  /** Reads the webhooks, and lets no more be made than there may be. */
  public WebhookRegistry(Database database, Quotas quotas, Clock clock) {
    this.store = new WebhookStore(database, clock);
    this.changes = new ChangeStore(database);
    this.quotas = quotas;
    follow();
  }

  /** The webhooks as last read. */
  public RegistrySnapshot snapshot() {
    return snapshot;
  }

  /** Reads what anyone has changed. */
  public void refresh() {
    if (changes.version() != snapshot.version()) {
      follow();
    }
  }

  /**
   * Stores a new webhook.
   *
   * @throws DuplicateNameException if another webhook of its workspace has its name
   * @throws QuotaException if there are as many as there may be
   */
  public synchronized Webhook create(WebhookDraft draft, long createdBy) {
    refresh();
    quotas.requireRoom(snapshot);
    quotas.requireRoom(snapshot, draft.workspaceId());
    Webhook webhook = store.create(draft, createdBy);
    follow();
    return webhook;
  }

  /**
   * Makes a webhook what the draft says. Triggers that stay as they are keep their ids.
   *
   * @param version the one that the edit was made for
   * @return false if the webhook has another version by now, or is gone
   * @throws DuplicateNameException if another webhook of its workspace has its name
   * @throws QuotaException if it is moved to a workspace that has as many as it may
   */
  public synchronized boolean update(long id, long version, WebhookDraft draft) {
    snapshot
        .find(id)
        .filter(webhook -> !webhook.workspaceId().equals(draft.workspaceId()))
        .ifPresent(moved -> quotas.requireRoom(snapshot, draft.workspaceId()));
    boolean updated = store.update(id, version, draft);
    follow();
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
    follow();
    return deleted;
  }

  /** Reads and publishes under one lock, so that an older reading never replaces a newer one. */
  private synchronized void follow() {
    snapshot = snapshot.after(changes.since(snapshot.version()));
  }
}
