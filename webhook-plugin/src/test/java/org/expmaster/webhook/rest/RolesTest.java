package org.expmaster.webhook.rest;

import static org.expmaster.plugin.model.WebhookRights.Right.EDIT;
import static org.expmaster.plugin.model.WebhookRights.Right.VIEW;
import static org.expmaster.webhook.rest.RestCalls.ALL;
import static org.expmaster.webhook.rest.RestCalls.ONE;
import static org.expmaster.webhook.rest.RestCalls.assertRefused;
import static org.expmaster.webhook.rest.RestCalls.id;
import static org.expmaster.webhook.rest.RestCalls.webhook;
import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.ApiException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Checks the REST API for callers to whom a master gives more than the rule without roles. */
class RolesTest extends RestOnSqlite {
  private static final long BOBS = 4;

  @Test
  void whoMayOnlyViewSeesAWebhookButNoSecretOfIt() throws Exception {
    JsonNode webhook = calls.create(ADMIN, "bob's", BOBS);
    rest.permissions.give(ANN, BOBS, VIEW);
    for (JsonNode seen : List.of(calls.read(ANN, webhook), calls.list(ANN).get(0))) {
      assertEquals("https://receiver.example/***", seen.path("url").stringValue());
      assertFalse(seen.path("mayEdit").booleanValue());
      assertTrue(seen.path("maySeeDeliveries").booleanValue());
      assertFalse(seen.toString().contains("s3cret"), seen.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, ''",
    "DELETE, ''",
    "POST, /test",
    "POST, /enable",
    "POST, /disable",
    "POST, /redeliver"
  })
  void whoMayOnlyViewChangesNothing(String method, String path) throws Exception {
    String id = id(calls.create(ADMIN, "", BOBS));
    rest.permissions.give(ANN, BOBS, VIEW);
    assertRefused(Reason.PERMISSION_DENIED, () -> calls.call(ANN, method + " " + ONE + path, id));
    assertEquals(List.of(), rest.sent);
    assertEquals(List.of(), rest.decided);
  }

  @Test
  void whoMayEditInAWorkspaceDoesWhatItsOwnerMay() throws Exception {
    rest.permissions.give(ANN, BOBS, EDIT);
    JsonNode webhook = calls.create(ANN, "bob's", BOBS);
    calls.patch(ANN, webhook, "{\"name\": \"renamed\"}");
    JsonNode renamed = calls.read(ANN, webhook);
    assertEquals("renamed", renamed.path("name").stringValue());
    assertEquals("https://receiver.example/s3cret", renamed.path("url").stringValue());
    calls.call(ANN, "POST " + ONE + "/test", id(webhook));
    calls.call(ANN, "DELETE " + ONE, id(webhook));
    assertEquals(List.of(), calls.list(ADMIN));
  }

  @Test
  void aWebhookIsMovedOnlyFromAndToWhereTheCallerMayEdit() throws Exception {
    rest.permissions.give(ANN, BOBS, VIEW);
    JsonNode own = calls.create(ANN, "ann's", 3);
    JsonNode bobs = calls.create(ADMIN, "bob's", BOBS);
    assertRefused(Reason.PERMISSION_DENIED, () -> calls.patch(ANN, own, "{\"workspaceId\": 4}"));
    assertRefused(Reason.PERMISSION_DENIED, () -> calls.patch(ANN, bobs, "{\"workspaceId\": 3}"));
    rest.permissions.give(ANN, BOBS, EDIT);
    calls.patch(ANN, own, "{\"workspaceId\": 4}");
    assertEquals(4, calls.read(ANN, own).path("workspaceId").intValue());
  }

  @Test
  void aRoleThatIsLostIsLostAtTheNextRequest() throws Exception {
    JsonNode webhook = calls.create(ADMIN, "bob's", BOBS);
    rest.permissions.give(ANN, BOBS, EDIT);
    calls.patch(ANN, webhook, "{\"name\": \"hers\"}");
    rest.permissions.give(ANN, BOBS, VIEW);
    assertRefused(Reason.PERMISSION_DENIED, () -> calls.patch(ANN, webhook, "{\"name\": \"x\"}"));
    rest.permissions.takeAll(ANN);
    assertRefused(Reason.NOT_FOUND, () -> calls.patch(ANN, webhook, "{\"name\": \"x\"}"));
    assertEquals(List.of(), calls.list(ANN));
  }

  @Test
  void theListNamesTheWorkspacesItSelectsByAndThoseToCreateIn() throws Exception {
    calls.create(ADMIN, "all", 0);
    calls.create(ADMIN, "bob's", BOBS);
    rest.permissions.give(ANN, BOBS, VIEW);
    JsonNode list = rest.call(ANN, "GET " + ALL, Map.of(), "");
    assertEquals(
        "[{\"id\":3,\"name\":\"workspace 3\",\"mayCreate\":true},"
            + "{\"id\":4,\"name\":\"workspace 4\",\"mayCreate\":false}]",
        list.path("workspaces").toString());
    JsonNode bobs =
        rest.call(ANN, "GET " + ALL, Map.of(), Map.of("workspaceId", List.of("4")), Map.of(), "");
    assertEquals(List.of("bob's"), bobs.path("webhooks").findValuesAsString("name"));
    assertRefused(
        Reason.PERMISSION_DENIED,
        () -> rest.call(ANN, "POST " + ALL, Map.of(), webhook("x", BOBS)));
  }

  @Test
  void onlyAnAdminIsOfferedTheKeyNotWhoMayEditEverything() throws Exception {
    rest.permissions.give(ANN, EDIT);
    JsonNode list = rest.call(ANN, "GET " + ALL, Map.of(), "");
    assertTrue(list.path("mayCreateForAll").booleanValue());
    assertFalse(list.path("mayReadKey").booleanValue());
    assertTrue(rest.call(ADMIN, "GET " + ALL, Map.of(), "").path("mayReadKey").booleanValue());
  }

  @Test
  void deliveriesOfAllWorkspacesAreSeenByWhoSeesEveryWorkspace() throws Exception {
    JsonNode all = calls.create(ADMIN, "all", 0);
    String route = "GET " + ONE + "/deliveries";
    assertRefused(Reason.PERMISSION_DENIED, () -> calls.call(ANN, route, id(all)));
    assertFalse(calls.read(ANN, all).path("maySeeDeliveries").booleanValue());
    rest.permissions.give(ANN, VIEW);
    assertEquals(0, calls.call(ANN, route, id(all)).path("deliveries").size());
    assertTrue(calls.read(ANN, all).path("maySeeDeliveries").booleanValue());
  }

  @Test
  void theMasterIsAskedOnceForAWholeListAndOnceForEachOtherRequest() throws Exception {
    for (int i = 0; i < 5; i++) {
      calls.create(ADMIN, "n" + i, 3 + i % 2);
    }
    JsonNode first = calls.list(ADMIN).get(0);
    rest.permissions.asked = 0;
    assertEquals(5, calls.list(ADMIN).size());
    assertEquals(1, rest.permissions.asked);
    calls.read(ADMIN, first);
    calls.patch(ADMIN, first, "{\"name\": \"other\"}");
    calls.call(ADMIN, "GET " + ONE + "/deliveries", id(first));
    calls.call(ADMIN, "POST " + ONE + "/disable", id(first));
    calls.call(ADMIN, "DELETE " + ONE, id(first));
    calls.create(ADMIN, "new", 3);
    assertEquals(7, rest.permissions.asked);
  }
}
