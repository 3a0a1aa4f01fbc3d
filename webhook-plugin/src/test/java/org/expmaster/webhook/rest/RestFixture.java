package org.expmaster.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Handler;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;
import org.expmaster.webhook.audit.Audit;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.event.WebhookEvent.CustomAlert;
import org.expmaster.webhook.health.CutShorts;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.health.Tally;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.OutgoingRequest;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.http.SignedSender;
import org.expmaster.webhook.outbox.DeliveryHistory;
import org.expmaster.webhook.payload.Payloads;
import org.expmaster.webhook.registry.Quotas;
import org.expmaster.webhook.registry.WebhookRegistry;
import org.expmaster.webhook.signing.KeyRing;
import org.expmaster.webhook.testing.TestDatabase;
import org.expmaster.webhook.testing.TurnableClock;
import org.expmaster.webhook.testing.WatchedDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The whole REST API over a real database, called as a master calls it after its own login. */
final class RestFixture implements AutoCloseable {
  /** The users 1 and 2; workspace 3 is Ann's and 4 is Bob's. */
  static final Caller ADMIN = new Caller(1, "admin", true);

  static final Caller ANN = new Caller(2, "ann", false);

  static final int MAX_TRIGGERS = 50;
  static final int MAX_ALERTS = 100;
  static final Duration OVERLAP = Duration.ofHours(24);
  static final int MAX_BYTES = 100_000;

  final Map<String, Access> access = new LinkedHashMap<>();
  final List<OutgoingRequest> sent = new ArrayList<>();

  /** The webhooks that delivery was notified of: switched, deleted or given another URL. */
  final List<Long> decided = new ArrayList<>();

  final List<Long> announced = new ArrayList<>();
  final List<CustomAlert> alerts = new ArrayList<>();
  final FakeExperiments experiments = new FakeExperiments().workspace(3, 2).workspace(4, 5);
  final FakePermissions permissions = new FakePermissions(experiments);

  /** The outcome of the next request to a receiver. */
  Outcome outcome = answered(200);

  /** The check of a webhook's URL. */
  Consumer<URI> urlCheck = allowed -> {};

  final TurnableClock clock = new TurnableClock();
  final Tally tally;
  final CutShorts cutShorts;
  final WatchedDataSource watched;
  final Database database;
  final WebhookRegistry registry;
  private final Map<String, Handler> handlers = new LinkedHashMap<>();
  private final TestDatabase testDatabase;
  private final Payloads payloads = new Payloads(1, Optional.empty());
  private final Permissions asked = new Permissions(permissions);
  private final WebhookAccess webhooks;
  private final Audit audit;
  private final Auditing auditing;

  RestFixture(TestDatabase testDatabase) {
    this(testDatabase, Quotas.NONE);
  }

  RestFixture(TestDatabase testDatabase, Quotas quotas) {
    this.testDatabase = testDatabase;
    watched = new WatchedDataSource(testDatabase.dataSource());
    database = open(watched.dataSource());
    registry = new WebhookRegistry(database, quotas, clock);
    tally = new Tally(database, clock);
    cutShorts = new CutShorts(database, clock);
    webhooks = new WebhookAccess(registry, asked);
    audit = new Audit(database, clock);
    auditing = new Auditing(audit);
    Routes routes = new BoundedRoutes(this::route, MAX_BYTES, "webhooks.max_bytes");
    addWebhooks(routes);
    addDeliveriesAndKeys(routes, KeyRing.kept(database, clock, clock, OVERLAP));
  }

  private void addWebhooks(Routes routes) {
    WebhookRoutes.addWebhooks(
        routes,
        new WebhookResource(
            registry,
            asked,
            webhooks,
            new DraftChecks(MAX_TRIGGERS, "webhooks.max_triggers", url -> urlCheck.accept(url)),
            auditing,
            decided::add),
        new SwitchResource(webhooks, new HealthStore(database), auditing, decided::add, clock),
        new WebhookListing(registry, webhooks, asked, new HealthStore(database), tally, cutShorts),
        new PreviewResource(payloads, clock),
        new ChoicesResource(payloads, MAX_TRIGGERS));
  }

  private void addDeliveriesAndKeys(Routes routes, KeyRing keys) {
    WebhookRoutes.addDeliveries(
        routes,
        new TestResource(
            webhooks,
            payloads,
            new SignedSender(keys::signer, new Answering()),
            auditing,
            Duration.ofSeconds(15),
            clock),
        new AlertResource(
            experiments,
            alerts::add,
            new AlertQuota(MAX_ALERTS, "webhooks.max_alerts", clock),
            clock),
        new DeliveryResource(
            webhooks,
            new DeliveryHistory(database, clock),
            new HealthStore(database),
            payloads,
            auditing,
            announced::add));
    WebhookRoutes.addKeys(
        routes,
        new SecretResource(registry, webhooks, auditing, OVERLAP, clock),
        new SigningKeyResource(keys, auditing));
    WebhookRoutes.addAudit(routes, new AuditResource(audit));
  }

  private static Database open(DataSource dataSource) {
    try {
      return Database.open(dataSource);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Creates a webhook over REST. */
  void create(Caller caller, long workspaceId, int triggers) throws Exception {
    call(caller, "POST /api/v1/webhooks", Map.of(), webhook(workspaceId, triggers));
  }

  /** Returns a webhook as a client writes it. */
  static String webhook(long workspaceId, int triggers) {
    String trigger =
        """
        {"triggerType": "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE", "condition": {"state": "ERROR"}}
        """;
    return """
        {"url": "https://receiver.example", "webhookType": "WEBHOOK_TYPE_DEFAULT",
         "workspaceId": %d, "triggers": [%s]}
        """
        .formatted(workspaceId, String.join(",", Collections.nCopies(triggers, trigger)));
  }

  static Outcome answered(int status) {
    return new Outcome.Answered(status, Optional.empty(), Optional.empty(), Duration.ofMillis(3));
  }

  private void route(String method, String path, Access needed, Handler handler) {
    access.put(method + " " + path, needed);
    handlers.put(method + " " + path, handler);
  }

  /** Calls a route, named by its method and path, and parses the answer. */
  JsonNode call(Caller caller, String route, Map<String, String> path, String body)
      throws Exception {
    return call(caller, route, path, Map.of(), Map.of(), body);
  }

  JsonNode call(
      Caller caller,
      String route,
      Map<String, String> path,
      Map<String, List<String>> query,
      Map<String, String> headers,
      String body)
      throws Exception {
    return new ObjectMapper().readTree(answer(caller, route, path, query, headers, body).body());
  }

  Response answer(
      Caller caller,
      String route,
      Map<String, String> path,
      Map<String, List<String>> query,
      Map<String, String> headers,
      String body)
      throws Exception {
    Request request =
        new Request(
            route.split(" ")[0],
            route.split(" ")[1],
            path,
            query,
            headers,
            body.getBytes(UTF_8),
            Optional.ofNullable(caller));
    return handlers.get(route).handle(request);
  }

  @Override
  public void close() {
    testDatabase.close();
  }

  private final class Answering implements Sender {
    @Override
    public UnderWay send(OutgoingRequest request, Consumer<Outcome> done) {
      sent.add(request);
      done.accept(outcome);
      return why -> {};
    }

    @Override
    public void close() {}
  }
}
