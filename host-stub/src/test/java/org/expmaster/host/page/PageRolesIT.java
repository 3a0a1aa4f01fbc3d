package org.expmaster.host.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the page offers a user who has a role in the admin's workspace. */
@Tag("any-jdk")
final class PageRolesIT extends PageCase {
  /** The workspace in which experiments are by default. */
  private static final int WORKSPACE = 1;

  private static final List<?> HEADERS = List.of(Map.of("name", "X-Api-Key", "value", "k3y"));

  private long id;

  @BeforeEach
  void createAndFail() {
    page.receiver.answer(request -> new Answer(503, Map.of(), "what came back", Duration.ZERO));
    id = page.webhook("ci", page.receiver.url("/s3cret").toString());
    page.admin()
        .patch("/api/v1/webhooks/" + id, Map.of("workspaceId", WORKSPACE, "headers", HEADERS))
        .ok();
    page.experiment(0);
    page.awaitDeliveries(id, "DEAD", 1);
  }

  @AfterEach
  void takeRole() {
    page.admin().delete(role()).ok();
  }

  @Test
  void whoMayOnlyViewIsShownWhatHappenedAndOfferedNothingElse() {
    give("VIEWER");
    page.openAs("determined", "");
    browser.awaitText("Uncategorized");
    assertFalse(browser.text().contains("New Webhook"));
    browser.clickAt("button[aria-label='Actions for ci']");
    browser.awaitCount("[role=menuitem]", 2);
    assertFalse(browser.text().contains("Signing secret"));
    browser.click("Deliveries");
    browser.clickAt(".delivery .summary");
    browser.awaitText("Attempt 2: 503");
    browser.awaitText("Shown to those who may edit the webhook.");
    String text = browser.text();
    for (String hidden :
        new String[] {
          "Redeliver", "Copy as curl", "s3cret", "what came back", "event_data", "X-Api-Key"
        }) {
      assertFalse(text.contains(hidden), hidden);
    }
    browser.click("Check the signature");
    browser.awaitText("hmac.compare_digest");
    assertFalse(browser.text().contains("Show the key"));
  }

  @Test
  void whoMayEditInAWorkspaceCreatesThereAndNowhereElse() {
    give("EDITOR");
    page.openAs("determined", "");
    browser.awaitText("s3cret");
    browser.click("New Webhook");
    browser.awaitCount("#workspaceId option", 1);
    assertEquals("Uncategorized", browser.inner("#workspaceId option"));
    browser.fill("#name", "theirs");
    browser.fill("#url", page.receiver.url("/theirs").toString());
    browser.click("Create Webhook");
    browser.awaitText("theirs");
  }

  private static void give(String role) {
    Api admin = page.admin();
    admin.send(admin.request("PUT", role(), "{\"role\": \"" + role + "\"}")).ok();
  }

  private static String role() {
    int user = 0;
    for (var one : page.admin().get("/api/v1/users").ok().path("users")) {
      if (one.path("username").asText().equals("determined")) {
        user = one.path("id").asInt();
      }
    }
    return "/api/v1/workspaces/" + WORKSPACE + "/roles/" + user;
  }
}
