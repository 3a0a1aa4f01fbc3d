package org.expmaster.webhook.audit;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.telling.Log;

/**
 * Records what people do, in the database and in the log. Thread-safe.
 *
 * <p>An {@link Act} is written by the store that makes the change, in its transaction; then {@link
 * #done} logs it.
 */
public final class Audit {
  /** A logger of its own, so that operators can send its lines elsewhere. */
  private static final Log log = Log.of(Audit.class);

  private final AuditStore store;
  private final Clock clock;

  /**
   * @param clock the common time of all masters
   */
  public Audit(Database database, Clock clock) {
    this.store = new AuditStore(database);
    this.clock = clock;
  }

  /**
   * Returns something that somebody is about to do.
   *
   * @param detail what else there is to say; never a secret
   */
  public Act act(long userId, String username, Action action, String detail) {
    return new Act(userId, username, action, detail, clock);
  }

  /** Logs an act that has been committed. */
  public void done(Act act, long webhookId) {
    log.info(
        "user {} ({}) {}{}",
        act.userId,
        act.username.replaceAll("\\p{Cntrl}", "?"),
        act.action.words(webhookId),
        act.detail.isEmpty() ? "" : ": " + act.detail);
  }

  /** Writes and logs an act that changes nothing else. */
  public void record(Act act, long webhookId) throws SQLException {
    store.insert(act, webhookId);
    done(act, webhookId);
  }

  /**
   * Returns a page, newest first.
   *
   * @param webhookId only what concerns this webhook
   * @param before only entries with smaller ids
   */
  public List<Entry> page(OptionalLong webhookId, OptionalLong before, int limit) {
    return store.page(webhookId, before.orElse(Long.MAX_VALUE), limit);
  }

  /** Deletes entries older than this. */
  public void purge(Duration keep) {
    store.forget(clock.instant().minus(keep));
  }
}
