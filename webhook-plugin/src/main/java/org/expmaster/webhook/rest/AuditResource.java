package org.expmaster.webhook.rest;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.audit.Audit;
import org.expmaster.webhook.audit.Entry;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists over REST what people did, for admins. */
public final class AuditResource {
  private static final long DEFAULT_LIMIT = 50;
  private static final long MAX_LIMIT = 200;

  private final Audit audit;

  public AuditResource(Audit audit) {
    this.audit = audit;
  }

  /** Returns a page, newest first; {@code nextCursor} leads to the next, null at the end. */
  Response list(Request request) {
    int limit = QueryValues.number(request, "limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT).intValue();
    List<Entry> found =
        audit.page(number(request, "webhookId"), number(request, "cursor"), limit + 1);
    List<Entry> page = found.subList(0, Math.min(limit, found.size()));
    ObjectNode document = Json.empty();
    ArrayNode list = document.putArray("audit");
    page.forEach(entry -> add(list, entry));
    document.put(
        "nextCursor", found.size() > limit ? Long.toString(page.get(limit - 1).id()) : null);
    return Json.response(document);
  }

  private static OptionalLong number(Request request, String name) {
    Optional<Long> number = QueryValues.number(request, name, 1, Long.MAX_VALUE);
    return number.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static void add(ArrayNode list, Entry entry) {
    list.addObject()
        .put("id", entry.id())
        .put("at", entry.at().toString())
        .put("userId", entry.userId())
        .put("username", entry.username())
        .put("action", entry.action().name())
        .put("webhookId", entry.webhookId())
        .put("webhookName", entry.webhookName())
        .put("detail", entry.detail());
  }
}
