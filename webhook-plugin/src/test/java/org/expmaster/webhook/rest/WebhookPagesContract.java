package org.expmaster.webhook.rest;

import static org.expmaster.webhook.rest.RestFixture.ADMIN;
import static org.expmaster.webhook.rest.RestFixture.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Caller;
import org.expmaster.webhook.testing.Plans;
import org.expmaster.webhook.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Checks the list of webhooks in pages. */
abstract class WebhookPagesContract {
  private static final String LIST = "GET /api/v1/webhooks";

  private RestFixture rest;

  abstract TestDatabase fresh();

  @BeforeEach
  void open() {
    rest = new RestFixture(fresh());
  }

  @AfterEach
  void close() {
    rest.close();
  }

  @Test
  void thePagesTogetherAreTheWholeListHoweverLongTheyAre() throws Exception {
    for (int i = 0; i < 7; i++) {
      create(i % 3 == 0 ? 0 : 3);
    }
    List<Long> whole = ids(list(ADMIN, Map.of()));
    assertEquals(7, whole.size());
    for (int limit = 1; limit <= 8; limit++) {
      assertEquals(whole, paged(ADMIN, limit), "by " + limit);
    }
  }

  private List<Long> paged(Caller caller, int limit) throws Exception {
    List<Long> paged = new ArrayList<>();
    Map<String, String> query = new HashMap<>(Map.of("limit", "" + limit));
    for (int pages = 0; pages < 10; pages++) {
      JsonNode page = list(caller, query);
      paged.addAll(ids(page));
      if (page.get("nextCursor").isNull()) {
        return paged;
      }
      assertEquals(limit, page.get("webhooks").size());
      query.put("cursor", page.get("nextCursor").stringValue());
    }
    throw new AssertionError("the pages have no end");
  }

  @Test
  void whatSomeoneMayNotSeeIsInNoPageAndTakesNoPlaceInOne() throws Exception {
    create(4);
    create(3);
    create(4);
    create(0);
    assertEquals(List.of(2L, 4L), paged(ANN, 1));
    JsonNode page = list(ANN, Map.of("limit", "2"));
    assertEquals(List.of(2L, 4L), ids(page));
    assertTrue(page.get("nextCursor").isNull());
  }

  @Test
  void aWorkspacesWebhooksAreListedAloneAndThoseOfAllWorkspacesToo() throws Exception {
    create(3);
    create(0);
    create(4);
    create(3);
    assertEquals(List.of(1L, 4L), ids(list(ANN, Map.of("workspaceId", "3"))));
    assertEquals(List.of(2L), ids(list(ANN, Map.of("workspaceId", "0"))));
    assertEquals(List.of(4L), ids(list(ANN, Map.of("workspaceId", "3", "cursor", "1"))));
  }

  @Test
  void withoutParametersTheListIsWholeAndHasNoCursor() throws Exception {
    create(0);
    assertFalse(list(ADMIN, Map.of()).has("nextCursor"));
  }

  @Test
  void aPageHasItsOwnEntityTag() throws Exception {
    create(0);
    create(0);
    Map<String, List<String>> first = Map.of("limit", List.of("1"));
    String tag = rest.answer(ADMIN, LIST, Map.of(), first, Map.of(), "").headers().get("ETag");
    Map<String, String> seen = Map.of("if-none-match", tag);
    assertEquals(304, rest.answer(ADMIN, LIST, Map.of(), first, seen, "").status());
    Map<String, List<String>> next = Map.of("limit", List.of("1"), "cursor", List.of("1"));
    assertEquals(200, rest.answer(ADMIN, LIST, Map.of(), next, seen, "").status());
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 0",
    "limit, 1001",
    "limit, x",
    "limit, ''",
    "limit, 99999999999999999999",
    "cursor, 0",
    "cursor, -1",
    "cursor, 1.5",
    "workspaceId, -1",
    "workspaceId, all",
    "workspaceId, 4",
    "workspaceId, 99"
  })
  void whatIsWrongIsNamed(String parameter, String value) {
    ApiException wrong =
        assertThrows(ApiException.class, () -> list(ANN, Map.of(parameter, value)));
    assertEquals(Reason.INVALID_ARGUMENT, wrong.reason());
    assertTrue(wrong.getMessage().startsWith(parameter + " is "), wrong.getMessage());
    assertTrue(wrong.getMessage().contains(value), wrong.getMessage());
  }

  @Test
  void aPageCostsWhatItShowsWhateverNumberOfWebhooksThereIs() throws Exception {
    fill(20);
    long few = rowsOfAPage();
    fill(20_000);
    assertEquals(few, rowsOfAPage(), "rows read");
    assertEquals(
        List.of(),
        Plans.wholeTables(rest.database, rest.watched.statements()).stream()
            .filter(table -> !table.equals("webhooks_registry_version"))
            .toList());
  }

  private long rowsOfAPage() throws Exception {
    rest.watched.reset();
    assertEquals(10, list(ADMIN, Map.of("limit", "10")).get("webhooks").size());
    rest.call(ADMIN, "GET /api/v1/webhooks/{id}", Map.of("id", "5"), "");
    return rest.watched.rows();
  }

  /** Inserts webhooks that are failing and have had deliveries in several hours. */
  private void fill(int count) {
    rest.database
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("DELETE FROM webhooks_health");
              handle.execute("DELETE FROM webhooks_tally");
              handle.execute("DELETE FROM webhooks_cut_short");
              handle.execute(
                  """
                  INSERT INTO webhooks_webhook
                    (name, url, type, mode, workspace_id, created_by, created_at, changed)
                  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                  SELECT '', 'http://receiver.example', 'DEFAULT', 'WORKSPACE', 0, 1, 0, 1 FROM n
                  """,
                  count);
              handle.execute(
                  """
                  INSERT INTO webhooks_health (webhook_id, failing_since, reason)
                  SELECT id, 1, 'it answered 500' FROM webhooks_webhook
                  """);
              handle.execute(
                  """
                  INSERT INTO webhooks_tally
                    (webhook_id, hour, delivered, failed, last_at, last_ending)
                  WITH RECURSIVE h (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM h WHERE i < 3)
                  SELECT id, h.i, 1, 1, 1, 'DELIVERED' FROM webhooks_webhook, h
                  """);
              handle.execute(
                  """
                  INSERT INTO webhooks_cut_short (webhook_id, trigger_id, times, last_at)
                  SELECT id, id, 1, 1 FROM webhooks_webhook
                  """);
              handle.execute("UPDATE webhooks_registry_version SET version = version + 1");
              handle.execute("UPDATE webhooks_webhook SET changed = 1000");
              handle.execute("ANALYZE");
            });
    rest.registry.refresh();
  }

  private JsonNode list(Caller caller, Map<String, String> query) throws Exception {
    Map<String, List<String>> lists = new HashMap<>();
    query.forEach((name, value) -> lists.put(name, List.of(value)));
    return rest.call(caller, LIST, Map.of(), lists, Map.of(), "");
  }

  private static List<Long> ids(JsonNode page) {
    List<Long> ids = new ArrayList<>();
    page.get("webhooks").forEach(webhook -> ids.add(webhook.get("id").longValue()));
    return ids;
  }

  private void create(long workspaceId) throws Exception {
    rest.create(ADMIN, workspaceId, 1);
  }
}
