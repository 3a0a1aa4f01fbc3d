package org.expmaster.webhook.rest;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.health.CutShort;
import org.expmaster.webhook.health.CutShorts;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.health.LastDay;
import org.expmaster.webhook.health.Tally;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookRegistry;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists and shows webhooks over REST, with their health and the caller's rights. */
public final class WebhookListing {
  /** Up to this many webhooks, tables are queried by id; beyond, they are read whole. */
  private static final int FEW = 1_000;

  private final WebhookRegistry registry;
  private final WebhookAccess access;
  private final Permissions permissions;
  private final HealthStore health;
  private final Tally tally;
  private final CutShorts cutShorts;

  /** Answers from this registry. */
  public WebhookListing(
      WebhookRegistry registry,
      WebhookAccess access,
      Permissions permissions,
      HealthStore health,
      Tally tally,
      CutShorts cutShorts) {
    this.registry = registry;
    this.access = access;
    this.permissions = permissions;
    this.health = health;
    this.tally = tally;
    this.cutShorts = cutShorts;
  }

  /**
   * Returns all that a page needs to show webhooks, in one answer and a handful of queries. Without
   * parameters it lists every webhook the caller may see; the cost of a part depends on its size.
   */
  Response list(Request request) {
    Rights rights = permissions.rights(request);
    ListParameters parameters = ListParameters.of(request, rights);
    List<Webhook> selected = parameters.select(registry.snapshot().byId(), rights);
    boolean more = parameters.isMore(selected);
    List<Webhook> page = more ? selected.subList(0, selected.size() - 1) : selected;
    ObjectNode document = Json.empty();
    ArrayNode list = document.putArray("webhooks");
    addSeen(list, page, rights);
    document.put("mayCreateForAll", rights.mayEdit(OptionalLong.empty()));
    document.put("mayReadKey", request.requireCaller().admin());
    addWorkspaces(document.putArray("workspaces"), rights);
    if (parameters.limit().isPresent()) {
      document.put("nextCursor", more ? Long.toString(page.get(page.size() - 1).id()) : null);
    }
    return ContentTag.unlessSeen(request, ContentTag.tagged(Json.response(document)));
  }

  private static void addWorkspaces(ArrayNode list, Rights rights) {
    rights
        .workspaces()
        .forEach(
            (id, in) ->
                list.addObject()
                    .put("id", id)
                    .put("name", in.workspace())
                    .put("mayCreate", rights.mayEdit(OptionalLong.of(id))));
  }

  private void addSeen(ArrayNode list, List<Webhook> page, Rights rights) {
    List<Long> ids = page.stream().map(Webhook::id).toList();
    boolean few = ids.size() <= FEW;
    Map<Long, Health> unwell = few ? health.unwell(ids) : health.unwell();
    Map<Long, LastDay> days = few ? tally.lastDays(ids) : tally.lastDays();
    Map<Long, CutShort> cutShort =
        ids.isEmpty() ? Map.of() : cutShorts.ofWebhooks(Collections.min(ids), Collections.max(ids));
    page.forEach(
        webhook ->
            list.add(
                WebhookJson.seen(
                    webhook,
                    unwell.getOrDefault(webhook.id(), Health.WELL),
                    days.getOrDefault(webhook.id(), LastDay.EMPTY),
                    cutShort,
                    rights)));
  }

  Response get(Request request) {
    registry.refresh();
    WebhookAccess.Found found = access.visible(request);
    Webhook webhook = found.webhook();
    List<Long> id = List.of(webhook.id());
    return answer(
        webhook,
        health.unwell(id).getOrDefault(webhook.id(), Health.WELL),
        tally.lastDays(id).getOrDefault(webhook.id(), LastDay.EMPTY),
        cutShorts.ofWebhooks(webhook.id(), webhook.id()),
        found.rights());
  }

  static Response answer(
      Webhook webhook,
      Health health,
      LastDay lastDay,
      Map<Long, CutShort> cutShort,
      Rights rights) {
    ObjectNode document = Json.empty();
    document.set("webhook", WebhookJson.seen(webhook, health, lastDay, cutShort, rights));
    return Json.response(document, EntityTag.header(webhook.version()));
  }
}
