package org.expmaster.webhook.rest;

import static org.expmaster.webhook.rest.RestCalls.ALL;
import static org.expmaster.webhook.rest.RestCalls.ONE;
import static org.expmaster.webhook.rest.RestCalls.id;
import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.Access;
import org.expmaster.webhook.audit.Audit;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who did what, on every database. */
abstract class AuditContract {
  private static final String AUDIT = "GET " + ALL + "/audit";

  private RestFixture rest;
  private RestCalls calls;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    rest = new RestFixture(fresh());
    calls = new RestCalls(rest);
  }

  @AfterEach
  void close() {
    rest.close();
  }

  private JsonNode audit(String... query) throws Exception {
    Map<String, List<String>> parameters =
        query.length == 0 ? Map.of() : Map.of(query[0], List.of(query[1]), "limit", List.of("2"));
    return rest.call(ADMIN, AUDIT, Map.of(), parameters, Map.of(), "");
  }

  /** Returns what is listed, each as its user, action and detail. */
  private static List<String> acts(JsonNode audit) {
    List<String> acts = new ArrayList<>();
    for (JsonNode entry : audit.get("audit")) {
      acts.add(
          entry.get("username").asString()
              + " "
              + entry.get("action").asString()
              + " "
              + entry.get("webhookName").asString()
              + " "
              + entry.get("detail").asString());
    }
    return acts;
  }

  @Test
  void whatPeopleDoIsListedNewestFirstAndWithoutSecrets() throws Exception {
    JsonNode webhook = calls.create(ANN, "ci", 3);
    calls.patch(
        ANN,
        webhook,
        """
        {"name": "ci2", "url": "https://receiver.example/other-s3cret",
         "headers": [{"name": "X-Api-Key", "value": "s3cret"}]}
        """);
    calls.call(ANN, "POST " + ONE + "/disable", id(webhook));
    calls.call(ADMIN, "POST " + ONE + "/enable", id(webhook));
    calls.call(ANN, "POST " + ONE + "/test", id(webhook));
    calls.call(ANN, "POST " + ONE + "/secret/rotate", id(webhook));
    rest.call(
        ADMIN,
        "POST /api/v1/master/config/webhook_signing_key/rotate",
        Map.of(),
        "{\"immediately\": true}");
    calls.call(ANN, "DELETE " + ONE, id(webhook));

    JsonNode audit = audit();

    assertEquals(
        List.of(
            "ann DELETED ci2 ",
            "admin KEY_ROTATED  immediately",
            "ann SECRET_ROTATED ci2 ",
            "ann TESTED ci2 ",
            "admin ENABLED ci2 ",
            "ann DISABLED ci2 ",
            "ann EDITED ci2 name, url, headers",
            "ann CREATED ci "),
        acts(audit));
    assertFalse(audit.toString().contains("s3cret"), audit.toString());
    JsonNode oldest = audit.at("/audit/7");
    assertEquals(rest.clock.instant().toString(), oldest.get("at").asString());
    assertEquals(2, oldest.get("userId").asInt());
    assertEquals(id(webhook), oldest.get("webhookId").asString());
    assertEquals(0, audit.at("/audit/1/webhookId").asInt());
    assertTrue(audit.get("nextCursor").isNull());
    assertEquals(Access.ADMIN, rest.access.get(AUDIT));
  }

  @Test
  void pagesFollowOneAnotherAndMayBeOfOneWebhook() throws Exception {
    JsonNode one = calls.create(ANN, "one", 3);
    calls.create(ANN, "two", 3);
    calls.patch(ANN, one, "{\"mode\": \"WEBHOOK_MODE_SPECIFIC\"}");
    JsonNode first = audit("cursor", String.valueOf(Long.MAX_VALUE));
    assertEquals(List.of("ann EDITED one mode", "ann CREATED two "), acts(first));
    JsonNode second = audit("cursor", first.get("nextCursor").asString());
    assertEquals(List.of("ann CREATED one "), acts(second));
    assertTrue(second.get("nextCursor").isNull());
    assertEquals(
        List.of("ann EDITED one mode", "ann CREATED one "), acts(audit("webhookId", id(one))));
  }

  @Test
  void whoLastEditedAWebhookAndWhenIsShown() throws Exception {
    JsonNode webhook = calls.create(ANN, "ci", 3);
    assertEquals("ann", webhook.get("updatedBy").asString());
    rest.clock.turn(Duration.ofHours(1));
    calls.patch(ADMIN, webhook, "{\"name\": \"ci2\"}");
    JsonNode edited = calls.read(ANN, webhook);
    assertEquals("admin", edited.get("updatedBy").asString());
    assertEquals(rest.clock.instant().toString(), edited.get("updatedAt").asString());
    rest.database
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("UPDATE webhooks_webhook SET updated_by = '', updated_at = 0");
              handle.execute("UPDATE webhooks_webhook SET changed = changed + 1");
              handle.execute("UPDATE webhooks_registry_version SET version = version + 1");
            });
    JsonNode old = calls.read(ANN, webhook);
    assertTrue(old.get("updatedBy").isNull() && old.get("updatedAt").isNull(), old.toString());
  }

  @Test
  void withoutItsEntryNoChangeIsMade() throws Exception {
    JsonNode webhook = calls.create(ANN, "ci", 3);
    rest.database
        .jdbi()
        .useHandle(handle -> handle.execute("ALTER TABLE webhooks_audit RENAME TO elsewhere"));
    for (String route :
        List.of("DELETE " + ONE, "POST " + ONE + "/disable", "POST " + ONE + "/secret/rotate")) {
      assertThrows(Exception.class, () -> calls.call(ANN, route, id(webhook)), route);
    }
    assertThrows(
        Exception.class, () -> calls.patch(ANN, webhook, "{\"name\": \"ci2\"}"), "an edit");
    assertThrows(Exception.class, () -> calls.create(ANN, "another", 3), "a creation");

    JsonNode after = calls.read(ANN, webhook);

    assertEquals(webhook, after);
    assertEquals(1, calls.list(ANN).size());
  }

  @Test
  void entriesAreDeletedWhenTheirTimeIsOver() throws Exception {
    calls.create(ANN, "old", 3);
    rest.clock.turn(Duration.ofDays(2));
    calls.create(ANN, "young", 3);
    new Audit(rest.database, rest.clock).purge(Duration.ofDays(1));
    assertEquals(List.of("ann CREATED young "), acts(audit()));
  }
}
