package org.expmaster.webhook.rest;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.audit.Act;
import org.expmaster.webhook.audit.Action;
import org.expmaster.webhook.health.Health;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.outbox.Delivery;
import org.expmaster.webhook.outbox.DeliveryHistory;
import org.expmaster.webhook.outbox.DeliveryHistory.Filter;
import org.expmaster.webhook.outbox.DeliveryHistory.Redelivered;
import org.expmaster.webhook.outbox.DeliveryState;
import org.expmaster.webhook.outbox.Position;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.Webhook;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists, shows and redelivers the deliveries of a webhook over REST. */
public final class DeliveryResource {
  private static final long DEFAULT_LIMIT = 50;
  private static final long MAX_LIMIT = 200;

  private final WebhookAccess access;
  private final DeliveryHistory history;
  private final HealthStore healths;
  private final Hints hints;
  private final Auditing auditing;
  private final LongConsumer announce;

  /**
   * @param payloads explains the answers of the services that it renders for
   * @param announce called with the id of a webhook that has a delivery due
   */
  public DeliveryResource(
      WebhookAccess access,
      DeliveryHistory history,
      HealthStore healths,
      Payloads payloads,
      Auditing auditing,
      LongConsumer announce) {
    this.access = access;
    this.history = history;
    this.healths = healths;
    this.hints = new Hints(payloads);
    this.auditing = auditing;
    this.announce = announce;
  }

  /** Returns a page, newest first; {@code nextCursor} leads to the next, null at the end. */
  Response list(Request request) {
    WebhookAccess.Found seen = access.withDeliveries(request);
    Webhook webhook = seen.webhook();
    int limit = QueryValues.number(request, "limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT).intValue();
    Filter filter =
        new Filter(
            webhook.id(),
            request.queryParameter("state").filter(text -> !text.isEmpty()).map(this::state),
            Optional.of(
                since(
                    seen, request.queryParameter("since").map(t -> QueryValues.time("since", t)))),
            request.queryParameter("cursor").map(Cursors::read),
            limit + 1);
    List<Delivery> found = history.list(filter);
    List<Delivery> page = found.subList(0, Math.min(limit, found.size()));
    ObjectNode document = Json.empty();
    ArrayNode list = document.putArray("deliveries");
    Health health = healths.find(webhook.id()).health();
    page.forEach(delivery -> list.add(DeliveryJson.of(delivery, health)));
    document.put(
        "nextCursor", found.size() > limit ? Cursors.write(page.get(limit - 1).position()) : null);
    return Json.response(document);
  }

  /**
   * Returns a delivery with its attempts, and to who may edit the webhook also the body that was
   * sent and what the receiver answered: either may hold a secret.
   */
  Response get(Request request) {
    WebhookAccess.Found found = access.withDeliveries(request);
    Webhook webhook = found.webhook();
    long id = request.pathId("deliveryId");
    Delivery delivery = existing(found, id);
    ObjectNode node =
        DeliveryJson.of(
            delivery,
            healths.find(webhook.id()).health(),
            history.attempts(webhook.id(), id),
            attempt -> hints.of(webhook, attempt),
            history.body(webhook.id(), id).orElseThrow(() -> noSuch(id)));
    if (!found.mayEdit()) {
      DeliveryJson.mask(node);
    }
    ObjectNode document = Json.empty();
    document.set("delivery", node);
    return Json.response(document);
  }

  Response redeliver(Request request) throws SQLException {
    WebhookAccess.Found found = access.editing(request);
    Webhook webhook = found.webhook();
    long id = request.pathId("deliveryId");
    existing(found, id);
    Act act = auditing.act(request, Action.REDELIVERED, "delivery " + id);
    if (!history.redeliver(webhook.id(), id, act)) {
      throw new ApiException(
          ApiException.Reason.FAILED_PRECONDITION,
          "delivery " + id + " has not ended; it is still being tried");
    }
    auditing.done(act, webhook.id());
    announce.accept(webhook.id());
    return Json.response(Json.empty());
  }

  /**
   * Redelivers all dead letters, or those since a given time. Answers within a second or two; if
   * some are left by then, {@code nextCursor} continues with them.
   */
  Response redeliverDead(Request request) throws SQLException {
    WebhookAccess.Found found = access.editing(request);
    Webhook webhook = found.webhook();
    Optional<Fields> fields =
        request.body().length == 0
            ? Optional.empty()
            : Optional.of(new Fields("", Json.object(request.body(), "{\"since\": …}")));
    Instant since =
        since(
            found,
            fields
                .flatMap(given -> given.text("since"))
                .map(text -> QueryValues.time("since", text)));
    Optional<Position> after = fields.flatMap(given -> given.text("cursor")).map(Cursors::read);
    Act act = auditing.act(request, Action.REDELIVERED, "dead letters since " + since);
    Redelivered redelivered = history.redeliverDead(webhook.id(), since, after, act);
    if (redelivered.count() > 0) {
      auditing.done(act, webhook.id());
    }
    announce.accept(webhook.id());
    ObjectNode document = Json.empty().put("redelivered", redelivered.count());
    redelivered.next().ifPresent(next -> document.put("nextCursor", Cursors.write(next)));
    return Json.response(document);
  }

  /** Returns the later of what is asked for and what the caller may see. */
  private Instant since(WebhookAccess.Found found, Optional<Instant> asked) {
    Instant visible = access.deliveriesSince(found);
    return asked.filter(visible::isBefore).orElse(visible);
  }

  private Delivery existing(WebhookAccess.Found found, long id) {
    return history
        .find(found.webhook().id(), id)
        .filter(delivery -> !delivery.created().isBefore(access.deliveriesSince(found)))
        .orElseThrow(() -> noSuch(id));
  }

  private DeliveryState state(String text) {
    return Arrays.stream(DeliveryState.values())
        .filter(state -> state.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.invalid(
                    "state is \"" + text + "\", and must be WAITING, DELIVERED or DEAD"));
  }

  private static ApiException noSuch(long id) {
    return ApiException.notFound("there is no delivery " + id + " of this webhook");
  }
}
