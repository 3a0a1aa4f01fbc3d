package org.expmaster.host.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.expmaster.host.chaos.Chaos;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.ApiDocument;
import org.expmaster.host.testing.MasterProcess;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends requests that are made from the OpenAPI document, valid and invalid ones, to all of its
 * routes. {@code -Dfuzz.seed=N} sets the seed, {@code -Dfuzz.examples=N} how many requests of one
 * kind are made at most.
 */
@Tag("any-jdk")
final class DocumentFuzzIT {
  private static final long SEED = Long.getLong("fuzz.seed", 20_260_301);
  private static final int EXAMPLES = Integer.getInteger("fuzz.examples", Chaos.scale(30, 400));

  private static final String WEBHOOKS = "/api/v1/webhooks";
  private static final int SEEDED = 5;

  @TempDir private Path directory;

  @Test
  @SuppressWarnings("SystemOut") // for readers of the build's output
  void everyAnswerIsBelow500AndAsTheDocumentSays() throws Exception {
    Schemathesis schemathesis = Schemathesis.install(directory);
    try (WebhookReceiver receiver = WebhookReceiver.start();
        MasterProcess master = MasterProcess.start(directory, config(receiver))) {
      Api admin = master.admin();
      deliver(admin);
      // from a file, since Schemathesis leaves the route of a document out that it reads from there
      String document = admin.get(WEBHOOKS + "/openapi.yaml").http().body();
      Schemathesis.Run run =
          schemathesis.run(
              Files.writeString(directory.resolve("openapi.yaml"), document),
              master.url().toString(),
              List.of(
                  "--header",
                  "Authorization: Bearer " + admin.token(),
                  "--seed",
                  "" + SEED,
                  "--max-examples",
                  "" + EXAMPLES));
      System.out.println(
          "[fuzz] document: -Dfuzz.seed=" + SEED + ", " + run.cases() + " cases: " + totals(run));
      assertEquals(0, run.code(), run.output());
      assertTrue(run.cases() >= 2_000, run.output());
      assertEquals(
          Set.of(), unreached(run, ApiDocument.of(master.url())), run.statuses().toString());
      assertEquals(200, admin.get("/info").status());
    }
  }

  /** All deliveries go to the receiver, whatever host a webhook names. */
  private static Map<String, Object> config(WebhookReceiver receiver) {
    return Map.of(
        "webhooks", Map.of("proxy", receiver.url("").toString(), "retry_schedule", List.of("1h")));
  }

  /** Makes webhooks that have delivered something, to be read and redelivered. */
  private static void deliver(Api admin) {
    for (int i = 0; i < SEEDED; i++) {
      Map<String, Object> trigger =
          Map.of("triggerType", 1, "condition", Map.of("state", "COMPLETED"));
      admin
          .post(
              WEBHOOKS,
              Map.of(
                  "url",
                  "http://receiver.example/hook",
                  "format",
                  "DEFAULT",
                  "triggers",
                  List.of(trigger)))
          .ok();
    }
    admin.experiment("entrypoint: exit 0");
    Wait.until(
        "the deliveries",
        Duration.ofSeconds(60),
        () -> admin.get(WEBHOOKS).ok().findValuesAsText("lastEnding").equals(delivered()));
  }

  private static List<String> delivered() {
    return Collections.nCopies(SEEDED, "DELIVERED");
  }

  private static Map<Integer, Integer> totals(Schemathesis.Run run) {
    return run.statuses().values().stream()
        .flatMap(each -> each.entrySet().stream())
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum, TreeMap::new));
  }

  /** Returns the documented routes to which no request succeeded: nothing was tried out there. */
  private static Set<String> unreached(Schemathesis.Run run, ApiDocument document) {
    Set<String> routes = new TreeSet<>(document.routes());
    run.statuses()
        .forEach(
            (route, statuses) -> {
              if (statuses.containsKey(200)) {
                routes.remove(route);
              }
            });
    return routes;
  }
}
