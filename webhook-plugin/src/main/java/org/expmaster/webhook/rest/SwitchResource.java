package org.expmaster.webhook.rest;

import java.sql.SQLException;
import java.time.Clock;
import java.util.function.LongConsumer;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.registry.Webhook;

/** Webhooks over REST, switched on and off. What is answered already holds on this master. */
public final class SwitchResource {
  private final WebhookAccess access;
  private final HealthStore health;
  private final LongConsumer decided;
  private final Clock clock;

  /**
   * Switches what this store keeps the health of.
   *
   * @param decided is told of a webhook of which something was decided, and returns when it holds
   */
  public SwitchResource(
      WebhookAccess access, HealthStore health, LongConsumer decided, Clock clock) {
    this.access = access;
    this.health = health;
    this.decided = decided;
    this.clock = clock;
  }

  /** What waited goes out at once. */
  Response enable(Request request) throws SQLException {
    return decide(access.editable(request), Health.WELL);
  }

  /** Nothing more is sent; what happens from now on waits until it is enabled again. */
  Response disable(Request request) throws SQLException {
    Webhook webhook = access.editable(request);
    Caller caller = request.requireCaller();
    return decide(
        webhook, Health.WELL.disabled(clock.instant(), "disabled by " + caller.username()));
  }

  private Response decide(Webhook webhook, Health decision) throws SQLException {
    health.put(webhook.id(), decision);
    decided.accept(webhook.id());
    return Json.response(Json.empty());
  }
}
