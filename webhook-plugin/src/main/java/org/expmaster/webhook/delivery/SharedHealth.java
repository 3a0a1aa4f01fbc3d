package org.expmaster.webhook.delivery;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.health.KeptHealth;

/**
 * Keeps this master's circuits and the health that all masters share in step. Any thread may use
 * it.
 *
 * <p>What is read is taken over before anything else is read, so that what an older reading says
 * never replaces what a newer one did.
 */
final class SharedHealth {
  private final HealthStore store;
  private final Targets targets;
  private final Circuits circuits;

  SharedHealth(HealthStore store, Targets targets, Circuits circuits) {
    this.store = store;
    this.targets = targets;
    this.circuits = circuits;
  }

  /** Takes over what others found out and what people decided; says of which webhooks. */
  synchronized List<Long> follow() {
    Map<Long, KeptHealth> all = store.all();
    targets.refresh();
    List<Long> news = circuits.follow(all);
    circuits.forget(webhookId -> !all.containsKey(webhookId) && targets.find(webhookId).isEmpty());
    return news;
  }

  /**
   * Takes over what somebody has just decided of a webhook. When it returns, every attempt of it
   * that belongs to the time before has begun.
   */
  synchronized void heed(long webhookId) {
    circuits.follow(webhookId, store.find(webhookId));
  }

  /**
   * Writes what was found out, in a transaction that is the caller's to commit.
   *
   * @return what was written; the rest is out of date, and is to be followed
   */
  List<Circuit.Finding> write(Connection connection, List<Circuit.Finding> findings)
      throws SQLException {
    List<Circuit.Finding> written = new ArrayList<>();
    for (Circuit.Finding finding : findings) {
      if (store.replace(connection, finding.webhookId(), finding.known(), finding.found())) {
        written.add(finding);
      }
    }
    return written;
  }

  /** What was written has been committed, and what was not has not. */
  void written(List<Circuit.Finding> found, List<Circuit.Finding> written) {
    circuits.kept(written);
    if (written.size() < found.size()) {
      follow();
    }
  }
}
