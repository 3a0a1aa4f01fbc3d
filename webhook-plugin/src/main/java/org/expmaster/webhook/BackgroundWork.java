package org.expmaster.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.expmaster.plugin.BackgroundExecutor;
import org.expmaster.plugin.BackgroundExecutor.State;
import org.expmaster.webhook.PeriodicExecutor.Job;
import org.expmaster.webhook.db.SchemaVersion;
import org.expmaster.webhook.telling.Log;
import org.expmaster.webhook.watch.Watch;

/** Registers the plugin's background work with the master, and a meter of each part's problem. */
final class BackgroundWork {
  private static final Log log = Log.of(BackgroundWork.class);

  /** Period for reading changes made on other masters: new webhooks, rotated keys. */
  private static final Duration FOLLOW = Duration.ofSeconds(1);

  private final Webhooks webhooks;
  private final Stores stores;

  BackgroundWork(Webhooks webhooks) {
    this.webhooks = webhooks;
    this.stores = webhooks.stores;
  }

  void register() {
    webhooks.delivery.addTo(webhooks.meters);
    add(new DeliveryExecutor(webhooks.delivery));
    List<Job> following = new ArrayList<>(stores.following());
    following.add(new Job("registry", FOLLOW, this::followRegistry));
    following.add(Job.check("signing-key", FOLLOW, webhooks.keys::follow));
    add(new PeriodicExecutor("following", following));
    add(stores.upkeep(webhooks.settings, webhooks.registry, webhooks.catchUp));
    addWatching();
    if (webhooks.catchUp.begin()) {
      addCatchingUp();
    } else {
      log.info(
          "this master does not tell which experiments have ended: what ends while this plugin is"
              + " away, or its listener fails, will not be told");
    }
  }

  private void addWatching() {
    Watch watch = stores.watch(() -> webhooks.registry.snapshot().byId().size());
    watch.addTo(webhooks.meters);
    SchemaVersion version = new SchemaVersion(webhooks.database);
    add(
        new PeriodicExecutor(
            "watching",
            List.of(
                Job.check("backlog", Watch.EVERY, watch::look),
                Job.check("tables", Watch.EVERY, version::problem),
                Job.check("catch-up", Watch.EVERY, webhooks.catchUp::problem))));
  }

  private void addCatchingUp() {
    Duration every = webhooks.settings.catchUp().every();
    Job look = Job.atOnce("catch-up", every, webhooks.catchUp::look);
    add(new PeriodicExecutor("catching-up", List.of(look), webhooks.catchUp::stop));
  }

  /** Reads edits made on other masters, and compiles new patterns before a log line needs them. */
  private void followRegistry() {
    webhooks.registry.refresh();
    webhooks.logs.prepare();
  }

  private void add(BackgroundExecutor executor) {
    webhooks.master.executors().register(executor);
    webhooks.meters.gauge(
        "webhooks.problem",
        "1 while a part of the plugin cannot do its work, and its status says why",
        null,
        () -> isWell(executor.status().state()) ? 0 : 1,
        "part",
        executor.name());
  }

  /** A part that has stopped, although nobody has told it to, is not well either. */
  private static boolean isWell(State state) {
    return state != State.DEGRADED && state != State.STOPPED;
  }
}
