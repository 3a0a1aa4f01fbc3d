package org.expmaster.webhook.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.db.KeyWalk;

/**
 * Records which triggers that fire once per subject have fired. The database is authoritative, for
 * all masters alike; recent firings are also cached in memory, so that a trigger that keeps
 * matching costs no query. Thread-safe.
 */
public final class FiredStore {
  private static final int REMEMBERED = 20_000;
  private static final int BATCH = 500;
  private static final Comparator<Firing> ORDER =
      Comparator.comparingLong(Firing::triggerId).thenComparing(Firing::subject);

  private static final String INSERT =
      """
      INSERT INTO webhooks_fired (trigger_id, subject, fired_at)
      SELECT id, ?, ? FROM webhooks_trigger WHERE id = ?
      ON CONFLICT (trigger_id, subject) DO NOTHING""";

  private final Database database;
  private final Clock clock;
  private final Duration keep;
  private final Recent<Firing> recent = new Recent<>(REMEMBERED);

  /**
   * Creates a store in this database.
   *
   * @param keep how long a firing is remembered at least
   */
  public FiredStore(Database database, Clock clock, Duration keep) {
    this.database = database;
    this.clock = clock;
    this.keep = keep;
  }

  /** Returns whether the firing is cached in memory; if not, only {@link #claim} can tell. */
  public boolean remembers(Firing firing) {
    return recent.contains(firing);
  }

  /**
   * Records firings in the transaction in which they happen.
   *
   * @return the firings that are new and whose trigger still exists
   */
  public Set<Firing> claim(Connection connection, Collection<Firing> firings) throws SQLException {
    Set<Firing> first = new HashSet<>();
    // a fixed order, so that two masters cannot deadlock
    List<Firing> ordered = new ArrayList<>(firings);
    ordered.sort(ORDER);
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Firing firing : ordered) {
        insert.setString(1, firing.subject());
        insert.setLong(2, clock.millis());
        insert.setLong(3, firing.triggerId());
        if (insert.executeUpdate() > 0) {
          first.add(firing);
        }
      }
    }
    return first;
  }

  /**
   * Caches all firings that were passed to {@link #claim}, whatever it returned: all of them have
   * fired now. Call it only after the commit, since a firing that is rolled back has not happened.
   */
  public void remember(Collection<Firing> firings) {
    firings.forEach(recent::add);
  }

  /** Deletes old firings, and those of deleted triggers, in batches too small to block others. */
  public void purge() {
    long before = clock.millis() - keep.toMillis();
    while (deleteBatch("fired_at < :value ORDER BY fired_at", before) == BATCH) {
      continue;
    }
    for (long gone : goneTriggers()) {
      while (deleteBatch("trigger_id = :value", gone) == BATCH) {
        continue;
      }
    }
  }

  private int deleteBatch(String which, long value) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        DELETE FROM webhooks_fired WHERE (trigger_id, subject) IN (
                          SELECT trigger_id, subject FROM webhooks_fired WHERE\s"""
                            + which
                            + " LIMIT :limit)")
                    .bind("value", value)
                    .bind("limit", BATCH)
                    .execute());
  }

  private List<Long> goneTriggers() {
    List<Long> gone = new ArrayList<>(KeyWalk.first(database, "webhooks_fired", "trigger_id"));
    // read after the firings, so a trigger that has fired and is missing here was deleted
    gone.removeAll(
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle.createQuery("SELECT id FROM webhooks_trigger").mapTo(Long.class).set()));
    return gone;
  }
}
