package org.expmaster.webhook;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import org.expmaster.webhook.PeriodicExecutor.Job;
import org.expmaster.webhook.audit.Audit;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.db.SharedClock;
import org.expmaster.webhook.health.CutShorts;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.health.Tally;
import org.expmaster.webhook.outbox.Backlog;
import org.expmaster.webhook.outbox.DeletedWebhooks;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.outbox.OutboxMeters;
import org.expmaster.webhook.outbox.Retention;
import org.expmaster.webhook.outbox.WaitingLimit;
import org.expmaster.webhook.publish.CatchUp;
import org.expmaster.webhook.publish.FiredStore;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.telling.Meters;
import org.expmaster.webhook.watch.Watch;

/** The plugin's database stores, and the jobs that maintain them. */
final class Stores {
  /** How long a once-only firing is remembered and not repeated; few tasks live that long. */
  private static final Duration KEEP_FIRED = Duration.ofDays(90);

  /** Period for writing counts to the database, where users see them. */
  private static final Duration COUNT = Duration.ofSeconds(2);

  private static final Duration PURGE = Duration.ofMinutes(1);

  /** Period for removing the rows of deleted webhooks. */
  private static final Duration DELETED = Duration.ofSeconds(1);

  final SharedClock time;
  final Outbox outbox;
  final FiredStore fired;
  final HealthStore health;
  final Tally tally;
  final CutShorts cutShorts;
  final Audit audit;

  private final Database database;
  private final Clock masters;

  Stores(Database database, Clock masters, Meters meters) {
    this.database = database;
    this.masters = masters;
    time = SharedClock.start(database, masters, Outbox.newest(database));
    outbox = new Outbox(database, time, new OutboxMeters(meters));
    fired = new FiredStore(database, masters, KEEP_FIRED);
    health = new HealthStore(database);
    tally = new Tally(database, time);
    cutShorts = new CutShorts(database, masters);
    audit = new Audit(database, time);
  }

  /** Returns the short, frequent jobs: they keep the time and write counts. */
  List<Job> following() {
    return List.of(
        new Job("clock", SharedClock.PERIOD, time::measure),
        new Job("tally", COUNT, tally::write),
        new Job("cut-short", COUNT, cutShorts::write));
  }

  /** Returns what looks after the backlog and the health of all webhooks together. */
  Watch watch(IntSupplier webhooks) {
    return new Watch(new Backlog(database), health, webhooks, time);
  }

  /** Returns the clean-up jobs; how long they take depends on how much there is to delete. */
  PeriodicExecutor upkeep(WebhookSettings settings, WebhookRegistry registry, CatchUp catchUp) {
    Retention retention =
        new Retention(
            database, time, settings.keepDelivered(), settings.keepDead(), catchUp::needsSince);
    WaitingLimit waiting = new WaitingLimit(database, time, settings.keepWaiting());
    DeletedWebhooks deleted = new DeletedWebhooks(database, time);
    return new PeriodicExecutor(
        "upkeep",
        List.of(
            new Job("tally-purge", PURGE, tally::purge),
            new Job("cut-short-purge", PURGE, cutShorts::purge),
            new Job("health", PURGE, health::forgetDeleted),
            new Job("retention", PURGE, retention::purge),
            new Job("waiting-limit", PURGE, waiting::enforce),
            new Job("deleted-webhooks", DELETED, deleted::forget),
            new Job("secrets", PURGE, () -> registry.deletePreviousSecrets(time.instant())),
            new Job("audit", PURGE, () -> audit.purge(settings.keepAudit())),
            new Job("fired-triggers", PURGE, fired::purge)));
  }
}
