package org.expmaster.webhook.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.health.LastDay;
import org.expmaster.webhook.health.Tally;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookRegistry;

/** Webhooks over REST, as someone sees them: with how they do, and what the caller may do. */
public final class WebhookListing {
  private final WebhookRegistry registry;
  private final WebhookAccess access;
  private final Permissions permissions;
  private final HealthStore health;
  private final Tally tally;

  /** Answers from this registry. */
  public WebhookListing(
      WebhookRegistry registry,
      WebhookAccess access,
      Permissions permissions,
      HealthStore health,
      Tally tally) {
    this.registry = registry;
    this.access = access;
    this.permissions = permissions;
    this.health = health;
    this.tally = tally;
  }

  /** Everything that a page needs to show them: one answer, and a handful of queries. */
  Response list(Request request) {
    Rights rights = permissions.rights(request.requireCaller());
    Map<Long, Health> unwell = health.unwell();
    Map<Long, LastDay> days = tally.lastDays();
    ObjectNode document = Json.empty();
    ArrayNode list = document.putArray("webhooks");
    registry.snapshot().byId().values().stream()
        .filter(rights::maySee)
        .map(
            webhook ->
                WebhookJson.seen(
                    webhook,
                    unwell.getOrDefault(webhook.id(), Health.WELL),
                    days.getOrDefault(webhook.id(), LastDay.EMPTY),
                    rights.mayEdit(webhook.workspaceId())))
        .forEach(list::add);
    document.put("mayCreateForAll", rights.everywhere());
    ArrayNode workspaces = document.putArray("workspaces");
    rights
        .workspaces()
        .forEach(own -> workspaces.addObject().put("id", own.id()).put("name", own.name()));
    return EntityTag.unlessSeen(request, Json.response(document));
  }

  Response get(Request request) {
    registry.refresh();
    Webhook webhook = access.visible(request);
    OptionalLong workspaceId = webhook.workspaceId();
    return answer(
        webhook,
        health.unwell().getOrDefault(webhook.id(), Health.WELL),
        tally.lastDays().getOrDefault(webhook.id(), LastDay.EMPTY),
        permissions.mayEdit(request.requireCaller(), workspaceId));
  }

  static Response answer(Webhook webhook, Health health, LastDay lastDay, boolean mayEdit) {
    ObjectNode document = Json.empty();
    document.set("webhook", WebhookJson.seen(webhook, health, lastDay, mayEdit));
    return Json.response(document, EntityTag.header(webhook.version()));
  }
}
