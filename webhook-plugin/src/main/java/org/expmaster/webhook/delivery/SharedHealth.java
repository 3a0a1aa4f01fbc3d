package org.expmaster.webhook.delivery;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.health.KeptHealth;

/**
 * Synchronizes this master's circuits with the health that all masters share. Thread-safe.
 *
 * <p>What is read is adopted before anything else is read, so that an older reading never replaces
 * a newer one.
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

  /** Adopts the stored health of all webhooks; returns those for which it has changed. */
  synchronized List<Long> follow() {
    Map<Long, KeptHealth> all = store.all();
    targets.refresh();
    List<Long> news = circuits.follow(all);
    circuits.forget(webhookId -> !all.containsKey(webhookId) && targets.find(webhookId).isEmpty());
    return news;
  }

  /**
   * Adopts a user's new decision on a webhook. When it returns, the sender has every attempt that
   * began before.
   */
  synchronized void heed(long webhookId) {
    circuits.follow(webhookId, store.find(webhookId));
  }

  /**
   * Writes findings in the caller's transaction.
   *
   * @return the findings that were written; the others are out of date, so follow instead
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

  /** Records which findings have been committed, and follows if some were out of date. */
  void written(List<Circuit.Finding> found, List<Circuit.Finding> written) {
    circuits.kept(written);
    if (written.size() < found.size()) {
      follow();
    }
  }
}
