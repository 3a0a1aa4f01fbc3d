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
 * What has fired, for triggers that fire once for each subject. The database knows for sure, for
 * all masters alike; the newest are also known in memory, so that what is asked of again and again
 * costs no query. Any thread may use it.
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
   * What has fired in this database.
   *
   * @param keep how long it is known at least
   */
  public FiredStore(Database database, Clock clock, Duration keep) {
    this.database = database;
    this.clock = clock;
    this.keep = keep;
  }

  /** Whether it is known in memory to have fired; if not, {@link #claim} knows. */
  public boolean remembers(Firing firing) {
    return recent.contains(firing);
  }

  /**
   * Writes down what fires, in the transaction in which it does.
   *
   * @return those that have not fired before, and whose trigger there still is
   */
  public Set<Firing> claim(Connection connection, Collection<Firing> firings) throws SQLException {
    Set<Firing> first = new HashSet<>();
    // in one order everywhere, or two masters could wait for one another
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
   * To be told what {@link #claim} was asked of, once its transaction has committed: whatever it
   * returned, all of it has fired now. Not before: what is rolled back has not.
   */
  public void remember(Collection<Firing> firings) {
    firings.forEach(recent::add);
  }

  /**
   * Forgets what fired long ago, and what did for triggers that are gone, in small batches that
   * nobody has to wait for.
   */
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
    // asked of afterwards: what has fired by now belongs to a trigger that is there or was
    gone.removeAll(
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle.createQuery("SELECT id FROM webhooks_trigger").mapTo(Long.class).set()));
    return gone;
  }
}
