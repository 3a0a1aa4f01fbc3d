package org.expmaster.webhook.rest;

import java.sql.SQLException;
import java.time.Clock;
import java.util.function.LongConsumer;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.audit.Act;
import org.expmaster.webhook.audit.Action;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.registry.Webhook;

/** Enables and disables webhooks over REST. An answered change is in effect on this master. */
public final class SwitchResource {
  private final WebhookAccess access;
  private final HealthStore health;
  private final Auditing auditing;
  private final LongConsumer decided;
  private final Clock clock;

  /**
   * Switches webhooks whose health is in this store.
   *
   * @param decided called with the id of a switched webhook; returns when the change is in effect
   */
  public SwitchResource(
      WebhookAccess access,
      HealthStore health,
      Auditing auditing,
      LongConsumer decided,
      Clock clock) {
    this.access = access;
    this.health = health;
    this.auditing = auditing;
    this.decided = decided;
    this.clock = clock;
  }

  /** Enables a webhook; its waiting deliveries are sent at once. */
  Response enable(Request request) throws SQLException {
    return decide(access.editable(request), Health.WELL, auditing.act(request, Action.ENABLED, ""));
  }

  /** Disables a webhook; nothing more is sent, and new deliveries wait until it is enabled. */
  Response disable(Request request) throws SQLException {
    Webhook webhook = access.editable(request);
    Caller caller = request.requireCaller();
    return decide(
        webhook,
        Health.WELL.disabled(clock.instant(), "disabled by " + caller.username()),
        auditing.act(request, Action.DISABLED, ""));
  }

  private Response decide(Webhook webhook, Health decision, Act act) throws SQLException {
    health.put(webhook.id(), decision, act);
    auditing.done(act, webhook.id());
    decided.accept(webhook.id());
    return Json.response(Json.empty());
  }
}
