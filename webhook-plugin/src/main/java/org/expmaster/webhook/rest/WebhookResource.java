package org.expmaster.webhook.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.registry.DuplicateNameException;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookDraft;
import org.expmaster.webhook.registry.WebhookRegistry;

/** Webhooks over REST: listed, created, deleted, switched on and off. */
public final class WebhookResource {
  private final WebhookRegistry registry;
  private final HealthStore health;
  private final Permissions permissions;
  private final WebhookAccess access;
  private final Consumer<URI> urlCheck;
  private final Clock clock;

  /**
   * Answers from this registry.
   *
   * @param urlCheck throws an {@link ApiException} for a URL that nothing would be sent to
   */
  public WebhookResource(
      WebhookRegistry registry,
      HealthStore health,
      Permissions permissions,
      WebhookAccess access,
      Consumer<URI> urlCheck,
      Clock clock) {
    this.registry = registry;
    this.health = health;
    this.permissions = permissions;
    this.access = access;
    this.urlCheck = urlCheck;
    this.clock = clock;
  }

  Response list(Request request) {
    Caller caller = request.requireCaller();
    Map<Long, Health> unwell = health.unwell();
    ObjectNode document = Json.empty();
    ArrayNode list = document.putArray("webhooks");
    registry.snapshot().byId().values().stream()
        .filter(webhook -> permissions.maySee(caller, webhook))
        .map(webhook -> WebhookJson.of(webhook, unwell.getOrDefault(webhook.id(), Health.WELL)))
        .forEach(list::add);
    return Json.response(document);
  }

  Response create(Request request) {
    Caller caller = request.requireCaller();
    RequestedWebhook requested =
        new RequestedWebhook(Json.object(request.body(), "the webhook itself"));
    OptionalLong workspaceId = requested.workspaceId();
    permissions.requireEdit(caller, workspaceId);
    WebhookDraft draft = requested.check();
    if (workspaceId.isPresent() && !permissions.exists(workspaceId.getAsLong())) {
      throw ApiException.invalid(
          "workspaceId is " + workspaceId.getAsLong() + ", and there is no such workspace");
    }
    // last, and only for those who may: it has names looked up
    urlCheck.accept(draft.url());
    try {
      Webhook webhook = registry.create(draft, caller.userId());
      ObjectNode document = Json.empty();
      document.set("webhook", WebhookJson.of(webhook, Health.WELL));
      return Json.response(document);
    } catch (DuplicateNameException taken) {
      throw ApiException.invalid(
          "name is \"" + draft.name() + "\", which another webhook of the workspace has");
    }
  }

  Response delete(Request request) {
    Webhook webhook = access.editable(request);
    if (!registry.delete(webhook.id())) {
      throw WebhookAccess.noSuch(webhook.id());
    }
    return Json.response(Json.empty());
  }

  /** What waited goes out within a second. */
  Response enable(Request request) throws SQLException {
    health.put(access.editable(request).id(), Health.WELL);
    return Json.response(Json.empty());
  }

  /** What happens from now on waits until it is enabled again. */
  Response disable(Request request) throws SQLException {
    Webhook webhook = access.editable(request);
    Caller caller = request.requireCaller();
    health.put(
        webhook.id(), Health.WELL.disabled(clock.instant(), "disabled by " + caller.username()));
    return Json.response(Json.empty());
  }
}
