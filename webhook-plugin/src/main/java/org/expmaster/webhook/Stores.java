package org.expmaster.webhook;

import java.time.Clock;
import java.time.Duration;
import org.expmaster.plugin.ExecutorRegistry;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.db.SharedClock;
import org.expmaster.webhook.health.CutShorts;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.health.Tally;
import org.expmaster.webhook.outbox.DeletedWebhooks;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.outbox.Retention;
import org.expmaster.webhook.outbox.WaitingLimit;
import org.expmaster.webhook.publish.FiredStore;

/** What the plugin keeps in the database, and the upkeep of it. */
final class Stores {
  /** For how long what fires once does not fire again; a task seldom lives so long. */
  private static final Duration KEEP_FIRED = Duration.ofDays(90);

  /** How soon people see what was counted. */
  private static final Duration COUNT = Duration.ofSeconds(2);

  private static final Duration PURGE = Duration.ofMinutes(1);

  /** How soon the rows of a deleted webhook begin to go. */
  private static final Duration DELETED = Duration.ofSeconds(1);

  final SharedClock time;
  final Outbox outbox;
  final FiredStore fired;
  final HealthStore health;
  final Tally tally;
  final CutShorts cutShorts;

  private final Database database;
  private final Clock masters;

  Stores(Database database, Clock masters) {
    this.database = database;
    this.masters = masters;
    time = SharedClock.start(database, masters, Outbox.newest(database));
    outbox = new Outbox(database, time);
    fired = new FiredStore(database, masters, KEEP_FIRED);
    health = new HealthStore(database);
    tally = new Tally(database, time);
    cutShorts = new CutShorts(database, masters);
  }

  /** Adds what keeps the time, writes what is counted and forgets what is old. */
  void addUpkeep(ExecutorRegistry executors, WebhookSettings settings) {
    Retention retention =
        new Retention(database, time, settings.keepDelivered(), settings.keepDead());
    WaitingLimit waiting = new WaitingLimit(database, time, settings.keepWaiting());
    DeletedWebhooks deleted = new DeletedWebhooks(database, masters);
    executors.register(new PeriodicExecutor("clock", SharedClock.PERIOD, time::measure));
    executors.register(new PeriodicExecutor("tally", COUNT, tally::write));
    executors.register(new PeriodicExecutor("cut-short", COUNT, cutShorts::write));
    executors.register(new PeriodicExecutor("tally-purge", PURGE, tally::purge));
    executors.register(new PeriodicExecutor("cut-short-purge", PURGE, cutShorts::purge));
    executors.register(new PeriodicExecutor("health", PURGE, health::forgetDeleted));
    executors.register(new PeriodicExecutor("retention", PURGE, retention::purge));
    executors.register(new PeriodicExecutor("waiting-limit", PURGE, waiting::enforce));
    executors.register(new PeriodicExecutor("deleted-webhooks", DELETED, deleted::forget));
    executors.register(new PeriodicExecutor("fired-triggers", PURGE, fired::purge));
  }
}
