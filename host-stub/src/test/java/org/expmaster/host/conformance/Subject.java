package org.expmaster.host.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.ApiDocument;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;

/**
 * The master under test, with a receiver on this machine that it can reach. Others may be using the
 * master: what is created in it has unique names, and webhooks are deleted at the end. Every answer
 * is checked with the OpenAPI document that the master serves.
 */
final class Subject implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);
  private static final Set<String> FINAL = Set.of("STATE_COMPLETED", "STATE_ERROR");
  private static final String PASSWORD = "correct horse battery";

  final WebhookReceiver receiver;
  final Api nobody;
  final Api admin;

  /** A user who owns a workspace and is no admin. */
  final Api owner;

  /** A user who owns nothing and is no admin. */
  final Api other;

  final long workspace;
  final long project;

  private final AutoCloseable master;
  private final List<Long> made = new ArrayList<>();

  private Subject(URI url, String user, String password, AutoCloseable master) throws IOException {
    this.master = master;
    receiver = WebhookReceiver.start();
    nobody = Api.of(url).checkedBy(ApiDocument.of(url)::check);
    admin = nobody.login(user, password);
    owner = user();
    other = user();
    workspace =
        owner.post("/api/v1/workspaces", Map.of("name", name())).ok().at("/workspace/id").asLong();
    project =
        owner
            .post("/api/v1/workspaces/" + workspace + "/projects", Map.of("name", name()))
            .ok()
            .at("/project/id")
            .asLong();
  }

  static Subject open(Path directory) throws IOException {
    String url = System.getProperty("conformance.url", "");
    if (!url.isEmpty()) {
      return new Subject(
          URI.create(url),
          System.getProperty("conformance.user", "admin"),
          System.getProperty("conformance.password", ""),
          () -> {});
    }
    MasterProcess process = MasterProcess.start(directory, Map.of());
    return new Subject(process.url(), "admin", MasterProcess.PASSWORD, process);
  }

  private Api user() {
    String name = name();
    Map<String, Object> user = Map.of("username", name, "active", true, "admin", false);
    admin.post("/api/v1/users", Map.of("user", user, "password", PASSWORD, "isHashed", false)).ok();
    return nobody.login(name, PASSWORD);
  }

  /** Returns a unique name. */
  static String name() {
    return "conformance-" + UUID.randomUUID();
  }

  /** Returns a webhook for experiments that end in any workspace, with these fields replaced. */
  Map<String, Object> webhook(Map<String, ?> otherwise) {
    Map<String, Object> webhook = new HashMap<>();
    webhook.put("url", receiver.url("/" + name()).toString());
    webhook.put("webhookType", "WEBHOOK_TYPE_DEFAULT");
    webhook.put("triggers", List.of(stateChange("COMPLETED"), stateChange("ERROR")));
    webhook.putAll(otherwise);
    return webhook;
  }

  static Map<String, Object> stateChange(String state) {
    return Map.of(
        "triggerType", "TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE", "condition", Map.of("state", state));
  }

  /** Creates a webhook and returns its id. */
  long create(Api who, Map<String, ?> otherwise) {
    return keep(who.post("/api/v1/webhooks", webhook(otherwise)));
  }

  /** Returns the id of a created webhook, which is deleted at the end. */
  long keep(Api.Answer created) {
    long id = created.ok().at("/webhook/id").asLong();
    made.add(id);
    return id;
  }

  /** Runs an experiment in the owner's workspace to its end, and returns its id. */
  long experiment(int exitCode, String moreConfig) {
    Map<String, Object> body =
        Map.of(
            "activate",
            true,
            "projectId",
            project,
            "config",
            "name: " + name() + "\nentrypoint: exit " + exitCode + "\n" + moreConfig);
    long id = owner.post("/api/v1/experiments", body).ok().at("/experiment/id").asLong();
    Wait.until(
        () -> "experiment " + id + " is " + owner.experimentState(id),
        SOON,
        () -> FINAL.contains(owner.experimentState(id)));
    return id;
  }

  /** Returns whether a webhook has a delivery of an ended experiment, written with its end. */
  boolean isTold(long webhookId, long experimentId) {
    return timesTold(webhookId, experimentId) > 0;
  }

  long timesTold(long webhookId, long experimentId) {
    String path = "/api/v1/webhooks/" + webhookId + "/deliveries?limit=200";
    return admin.get(path).ok().findValuesAsText("experimentId").stream()
        .filter(("" + experimentId)::equals)
        .count();
  }

  /** Returns the task of an experiment's only trial. */
  String taskOf(long experimentId) {
    return trial(experimentId).get("taskId").textValue();
  }

  private JsonNode trial(long experimentId) {
    return owner.get("/api/v1/experiments/" + experimentId + "/trials").ok().at("/trials/0");
  }

  /** Reports a metric of an experiment's only trial. */
  void metric(long experimentId, String name, double value) {
    long trial = trial(experimentId).get("id").asLong();
    Map<String, Object> metrics =
        Map.of(
            "trialId",
            trial,
            "trialRunId",
            0,
            "stepsCompleted",
            1,
            "metrics",
            Map.of("avgMetrics", Map.of(name, value)));
    owner
        .post(
            "/api/v1/trials/" + trial + "/metrics",
            Map.of("group", "validation", "metrics", metrics))
        .ok();
  }

  void log(String task, String line) {
    Map<String, Object> log = Map.of("taskId", task, "log", line + "\n");
    owner.post("/api/v1/task/logs", Map.of("logs", List.of(log))).ok();
  }

  void deleteAll() {
    made.forEach(id -> admin.delete("/api/v1/webhooks/" + id));
    made.clear();
  }

  @Override
  public void close() throws Exception {
    receiver.close();
    master.close();
  }
}
