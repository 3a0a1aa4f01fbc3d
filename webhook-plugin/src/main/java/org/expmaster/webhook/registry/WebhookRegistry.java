package org.expmaster.webhook.registry;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.expmaster.webhook.db.Along;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.signing.WebhookSecrets;

/**
 * The webhooks: stored in the database, read from memory.
 *
 * <p>Matching reads {@link #snapshot()} and never the database. A local edit is in the snapshot
 * when the call returns; another master's edit is in it after the next {@link #refresh()}. The cost
 * of either depends on what has changed, not on the number of webhooks.
 */
public final class WebhookRegistry {
  private final WebhookStore store;
  private final ChangeStore changes;
  private final Quotas quotas;
  private volatile RegistrySnapshot snapshot = new RegistrySnapshot(ChangeStore.NOTHING, List.of());

  /** Reads the webhooks; does not limit their number. */
  public WebhookRegistry(Database database, Clock clock) {
    this(database, Quotas.NONE, clock);
  }

  /** Reads the webhooks; enforces quotas on new ones. */
  public WebhookRegistry(Database database, Quotas quotas, Clock clock) {
    this.store = new WebhookStore(database, clock);
    this.changes = new ChangeStore(database);
    this.quotas = quotas;
    follow();
  }

  /** Returns the webhooks as last read. */
  public RegistrySnapshot snapshot() {
    return snapshot;
  }

  /** Reads changes by any master. */
  public void refresh() {
    if (changes.version() != snapshot.version()) {
      follow();
    }
  }

  /** Stores a new webhook; nobody is remembered as its editor. */
  public Webhook create(WebhookDraft draft, long createdBy) {
    return create(draft, Editor.unnamed(createdBy));
  }

  /**
   * Stores a new webhook.
   *
   * @throws DuplicateNameException if another webhook of its workspace has its name
   * @throws QuotaException if a quota is reached
   */
  public synchronized Webhook create(WebhookDraft draft, Editor editor) {
    refresh();
    quotas.requireRoom(snapshot);
    quotas.requireRoom(snapshot, draft.workspaceId());
    Webhook webhook = store.create(draft, editor);
    follow();
    return webhook;
  }

  /** Replaces a webhook by the draft; nobody is remembered as its editor. */
  public boolean update(long id, long version, WebhookDraft draft) {
    return update(id, version, draft, Editor.NOBODY);
  }

  /**
   * Replaces a webhook by the draft. Triggers that stay the same keep their ids.
   *
   * @param version the version that the edit is based on
   * @return false if the webhook has another version now, or was deleted
   * @throws DuplicateNameException if another webhook of its workspace has its name
   * @throws QuotaException if the webhook moves to a workspace whose quota is reached
   */
  public synchronized boolean update(long id, long version, WebhookDraft draft, Editor editor) {
    snapshot
        .find(id)
        .filter(webhook -> !webhook.workspaceId().equals(draft.workspaceId()))
        .ifPresent(moved -> quotas.requireRoom(snapshot, draft.workspaceId()));
    boolean updated = store.update(id, version, draft, editor);
    follow();
    return updated;
  }

  /** Replaces a webhook's secrets, and writes nothing along. */
  public boolean updateSecrets(Webhook seen, WebhookSecrets next) {
    return updateSecrets(seen, next, Along.NOTHING);
  }

  /**
   * Replaces a webhook's secrets.
   *
   * @param seen the webhook with the secrets to be replaced
   * @param along written together with the secrets
   * @return false if the webhook has another secret now, or was deleted
   */
  public boolean updateSecrets(Webhook seen, WebhookSecrets next, Along along) {
    boolean updated = store.updateSecrets(seen, next, along);
    follow();
    return updated;
  }

  /**
   * Returns when a webhook last moved to another workspace, by the clock that deliveries are
   * created by; the epoch if it never has.
   */
  public Instant movedAt(long id) {
    return store.movedAt(id);
  }

  /** Deletes previous secrets whose time is over. */
  public void deletePreviousSecrets(Instant now) {
    store.deletePreviousSecrets(now);
  }

  /** Deletes a webhook, and writes nothing along. */
  public boolean delete(long id, long version) {
    return delete(id, version, Along.NOTHING);
  }

  /**
   * Deletes a webhook. The deliveries waiting for it are deleted later.
   *
   * @param version the version to delete
   * @param along written together with the deletion
   * @return false if the webhook has another version now, or was deleted
   */
  public boolean delete(long id, long version, Along along) {
    boolean deleted = store.delete(id, version, along);
    follow();
    return deleted;
  }

  /** Reads and publishes under one lock, so that an older snapshot never replaces a newer one. */
  private synchronized void follow() {
    snapshot = snapshot.after(changes.since(snapshot.version()));
  }
}
