package org.expmaster.host.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Edits, and those of two people at once. */
@Tag("any-jdk")
final class PageEditIT extends PageCase {
  @Test
  void anEditSavesWhatWasChangedAndKeepsTheRest() {
    page.webhook("ci", page.receiver.url("/old").toString());
    page.openAs("admin", "");
    browser.choose("ci", "Edit");
    browser.fill("#url", page.receiver.url("/new").toString());
    browser.click("Save Changes");
    browser.awaitText("Changes saved.");
    browser.awaitText("/new");
    JsonNode edited = page.webhooks().get(0);
    assertEquals("ci", edited.path("name").asText());
    assertEquals(2, edited.path("triggers").size());
  }

  @Test
  void anEditBySomeoneElseMeanwhileIsSaidAndNothingIsOverwrittenUnasked() {
    long id = page.webhook("ci", page.receiver.url("/old").toString());
    page.openAs("admin", "");
    browser.choose("ci", "Edit");
    browser.fill("#url", page.receiver.url("/mine").toString());
    String theirs = page.receiver.url("/theirs").toString();
    page.admin().patch("/api/v1/webhooks/" + id, Map.of("url", theirs)).ok();
    browser.click("Save Changes");
    browser.awaitText("Someone else changed this webhook while you were editing it.");
    assertEquals(theirs, page.webhooks().get(0).path("url").asText());
    browser.click("Load their version");
    browser.awaitNoText("Someone else changed");
    assertEquals(theirs, browser.value("#url"));
    browser.fill("#url", page.receiver.url("/mine").toString());
    browser.click("Save Changes");
    browser.awaitText("Changes saved.");
    assertTrue(page.webhooks().get(0).path("url").asText().endsWith("/mine"));
  }

  @Test
  void whoKeepsTheirOwnEditOverAnotherSavesItKnowingly() {
    long id = page.webhook("ci", page.receiver.url("/old").toString());
    page.openAs("admin", "");
    browser.choose("ci", "Edit");
    String mine = page.receiver.url("/mine").toString();
    browser.fill("#url", mine);
    String theirs = page.receiver.url("/theirs").toString();
    page.admin().patch("/api/v1/webhooks/" + id, Map.of("url", theirs)).ok();
    browser.click("Save Changes");
    browser.awaitText("Someone else changed this webhook while you were editing it.");
    browser.click("Keep mine");
    browser.awaitNoText("Someone else changed");
    assertEquals(mine, browser.value("#url"));
    assertEquals(theirs, page.webhooks().get(0).path("url").asText(), "not yet");
    browser.click("Save Changes");
    browser.awaitText("Changes saved.");
    assertEquals(mine, page.webhooks().get(0).path("url").asText());
  }

  @Test
  void aWebhookThatSomeoneElseDeletedIsSaidToBeGoneAndGoes() {
    long id = page.webhook("ci", page.receiver.url("/x").toString());
    page.openAs("admin", "");
    browser.choose("ci", "Edit");
    page.admin().delete("/api/v1/webhooks/" + id).ok();
    browser.click("Save Changes");
    browser.awaitText("Someone else deleted this webhook meanwhile.");
    browser.click("Cancel");
    browser.awaitText("No webhooks registered");
  }
}
