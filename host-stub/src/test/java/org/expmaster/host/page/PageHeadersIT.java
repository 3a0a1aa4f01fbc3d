package org.expmaster.host.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver;
import org.expmaster.host.testing.WebhookReceiver.Received;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The headers of a webhook in its form: their values are written, and never shown. */
@Tag("any-jdk")
final class PageHeadersIT extends PageCase {
  private static final String HEADERS = "details.headers > summary";

  @Test
  void aHeaderIsWrittenOnceAndSentEvenAfterAnEditOfSomethingElse() {
    page.openAs("admin", "");
    browser.click("New Webhook");
    browser.fill("#name", "ci");
    browser.fill("#url", page.receiver.url("/made").toString());
    assertFalse(browser.text().contains("+ Header"), "closed while there are none");
    browser.clickAt(HEADERS);
    browser.click("+ Header");
    browser.awaitFocus("Name of header 1");
    browser.click("Create Webhook");
    browser.awaitText("Name the header.");
    browser.fill("#header-name-0", "X-Api-Key");
    browser.click("Create Webhook");
    browser.awaitText("Write the value.");
    browser.awaitFocus("Value of header 1");
    browser.fill("#header-value-0", "s3cret");
    browser.click("Create Webhook");
    browser.awaitText("Webhook created.");
    browser.choose("ci", "Edit");
    assertEquals("X-Api-Key", browser.value("#header-name-0"));
    assertEquals("", browser.value("#header-value-0"));
    assertEquals("unchanged", browser.attribute("#header-value-0", "placeholder"));
    browser.fill("#url", page.receiver.url("/edited").toString());
    browser.click("Save Changes");
    browser.awaitText("Changes saved.");
    assertEquals("s3cret", delivered(page.receiver, "/edited").header("X-Api-Key"));
  }

  @Test
  void anotherHostGetsOnlyWhatIsWrittenAgain() throws Exception {
    long id = page.webhook("ci", page.receiver.url("/old").toString());
    var key = Map.of("name", "X-Api-Key", "value", "s3cret");
    page.admin().patch("/api/v1/webhooks/" + id, Map.of("headers", List.of(key))).ok();
    try (WebhookReceiver other = WebhookReceiver.start()) {
      page.openAs("admin", "");
      browser.choose("ci", "Edit");
      browser.awaitText("+ Header");
      browser.fill("#url", other.url("/moved").toString());
      browser.click("Save Changes");
      browser.awaitText("Write the value again: the URL leads to another host.");
      browser.awaitFocus("Value of header 1");
      browser.awaitText("or remove the headers");
      assertTrue(page.webhooks().get(0).path("url").asText().endsWith("/old"));
      browser.fill("#header-value-0", "another");
      browser.click("Save Changes");
      browser.awaitText("Changes saved.");
      assertEquals("another", delivered(other, "/moved").header("X-Api-Key"));
    }
  }

  @Test
  void credentialsInAUrlAreShownAsAHeaderAndCanBeRemoved() {
    page.webhook("ci", page.receiver.url("/removed").toString().replace("//", "//user:pass@"));
    page.openAs("admin", "");
    browser.choose("ci", "Edit");
    assertEquals("Authorization", browser.value("#header-name-0"));
    browser.click("Remove header 1");
    browser.awaitFocus("add-header");
    browser.click("Save Changes");
    browser.awaitText("Changes saved.");
    assertEquals(0, page.webhooks().get(0).path("headers").size());
    assertNull(delivered(page.receiver, "/removed").header("Authorization"));
  }

  @Test
  void newCredentialsInTheUrlReplaceThoseThatAreKept() {
    page.webhook("ci", page.receiver.url("/x").toString().replace("//", "//user:pass@"));
    page.openAs("admin", "");
    browser.choose("ci", "Edit");
    String url = page.receiver.url("/new").toString();
    browser.fill("#url", url.replace("//", "//user:new@"));
    assertEquals("from the URL", browser.attribute("#header-value-0", "placeholder"));
    browser.click("Save Changes");
    browser.awaitText("Changes saved.");
    assertEquals("Basic dXNlcjpuZXc=", delivered(page.receiver, "/new").header("Authorization"));
  }

  @Test
  void whatTheMasterRefusesStandsAtItsHeader() {
    long id = page.webhook("ci", page.receiver.url("/x").toString());
    List<Map<String, String>> nine =
        IntStream.range(0, 9).mapToObj(i -> Map.of("name", "X-" + i, "value", "v")).toList();
    page.admin().patch("/api/v1/webhooks/" + id, Map.of("headers", nine)).ok();
    page.openAs("admin", "");
    browser.choose("ci", "Edit");
    browser.click("+ Header");
    browser.fill("#header-name-9", "Host");
    browser.fill("#header-value-9", "v");
    assertEquals(true, browser.script("return document.querySelector('#add-header').disabled"));
    browser.clickAt(HEADERS);
    browser.awaitNoText("+ Header");
    browser.click("Save Changes");
    browser.awaitText("The name is \"Host\", which every request sets itself.");
    browser.awaitFocus("Name of header 10");
    assertEquals(9, page.webhooks().get(0).path("headers").size());
  }

  private static Received delivered(WebhookReceiver receiver, String path) {
    page.experiment(0);
    Wait.until("a request to " + path, PageFixture.SOON, () -> at(receiver, path).isPresent());
    return at(receiver, path).orElseThrow();
  }

  private static Optional<Received> at(WebhookReceiver receiver, String path) {
    return receiver.received().stream().filter(one -> one.path().equals(path)).findFirst();
  }
}
