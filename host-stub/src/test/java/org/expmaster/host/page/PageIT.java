package org.expmaster.host.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.expmaster.host.testing.Wait;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Everything that can be done on the page. */
final class PageIT {
  @TempDir private static Path directory;
  private static PageFixture page;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    page = PageFixture.start(directory);
    browser = page.browser;
  }

  @AfterAll
  static void stop() {
    if (page != null) {
      page.close();
    }
  }

  @BeforeEach
  void clear() {
    page.clear();
    browser.resize(1280, 900);
  }

  @Test
  void aWebhookIsMadeWithEveryKindOfTriggerAndListed() {
    page.openAs("admin", "");
    browser.awaitText("No webhooks registered");
    browser.click("New Webhook");
    browser.fill("#name", "ci");
    browser.fill("#url", page.receiver.url("/hook").toString());
    browser.click("Custom alert");
    browser.awaitText("Custom alerts reach only experiments that name the webhook.");
    browser.click("+ Log line");
    browser.fill("#log-0", "CUDA error");
    browser.awaitText("\"experiment_completed\"");
    browser.click("+ Metric");
    browser.fill("#metric-0", "loss");
    browser.fill("input[aria-label=Value]", "0.25");
    browser.click("Create Webhook");
    browser.awaitText("Webhook created.");
    browser.awaitText("TASKLOG");
    browser.awaitText("METRIC");
    JsonNode made = page.webhooks().get(0);
    assertEquals("WEBHOOK_MODE_SPECIFIC", made.path("mode").asText());
    assertEquals(List.of("COMPLETED", "ERROR"), made.path("triggers").findValuesAsText("state"));
    assertEquals("CUDA error", made.path("triggers").findValue("regex").asText());
    assertEquals(0.25, made.path("triggers").findValue("value").asDouble());
    assertEquals(5, made.path("triggers").size());
  }

  @Test
  void thePreviewIsInTheFormThatIsChosen() {
    page.openAs("admin", "");
    browser.click("New Webhook");
    browser.awaitText("\"event_type\"");
    browser.script(
        "const s = document.querySelector('#format'); s.value = 'SLACK';"
            + "s.dispatchEvent(new Event('change'))");
    browser.awaitText("\"blocks\"");
    browser.fill("#template", "{{experiment.name}} ended");
    browser.awaitText("cifar10_pytorch_const profiler ended");
  }

  @Test
  void whatIsWrongStandsAtItsFieldInWords() {
    page.openAs("admin", "");
    browser.click("New Webhook");
    browser.click("Create Webhook");
    browser.awaitText("URL is required.");
    assertEquals("url", browser.focus());
    browser.fill("#url", "http://10.0.0.1/private");
    browser.click("Create Webhook");
    browser.awaitText("URL leads to an address that webhooks may not be sent to");
    assertEquals("true", browser.attribute("#url", "aria-invalid"));
    browser.fill("#url", page.receiver.url("/hook").toString());
    browser.click("Completed");
    browser.click("Errored");
    browser.click("Create Webhook");
    browser.awaitText("Choose at least one trigger.");
    browser.click("+ Log line");
    browser.fill("#log-0", "a(b");
    browser.click("Create Webhook");
    Wait.until(
        "the regular expression's own error",
        PageFixture.SOON,
        () -> !browser.inner("#log-0-error").isEmpty());
    assertEquals(List.of(), page.webhooks());
  }

  @Test
  void namesAndAddressesThatHoldMarkupAreShownAsTheyAre() {
    String name = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
    String url = page.receiver.url("/%3Cscript%3E?q='%22onload=alert(1)").toString();
    long id = page.webhook(name, url);
    page.experiment(0);
    page.awaitDeliveries(id, "DELIVERED", 1);
    page.openAs("admin", "");
    browser.awaitText(name);
    browser.awaitText("%3Cscript%3E?q='%22onload=alert(1)");
    browser.click("⋮");
    browser.clickAt("[role=menuitem].danger");
    browser.awaitText("Delete " + name);
    browser.press(Keys.ESCAPE);
    browser.open(page.url().resolve("/det/webhooks#/webhooks/" + id));
    browser.awaitText(name);
    assertEquals("false", String.valueOf(browser.script("return 'hacked' in window")));
    assertEquals(0, browser.count("main script, main img"));
  }

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

  @Test
  void aTestShowsWhatWentOutAndWhatCameBack() {
    page.webhook("ci", page.receiver.url("/x").toString());
    page.receiver.answer(request -> new Answer(202, Map.of(), "<b>thanks</b>", Duration.ZERO));
    page.openAs("admin", "");
    browser.choose("ci", "Test Webhook");
    browser.awaitText("It arrived.");
    browser.awaitText("The receiver answered 202.");
    browser.awaitText("<b>thanks</b>");
    browser.awaitText("\"event_type\": \"experiment_completed\"");
    page.receiver.answer(request -> Answer.status(200).after(Duration.ofSeconds(4)));
    browser.click("Test again");
    browser.awaitText("It did not arrive.");
    browser.awaitText("No answer came in time.");
  }

  @Test
  void deliveriesSayWhyAMessageDidNotComeAndBringItAgain() {
    page.receiver.answer(request -> new Answer(503, Map.of(), "down", Duration.ZERO));
    long id = page.webhook("ci", page.receiver.url("/x").toString());
    page.experiment(0);
    page.awaitDeliveries(id, "DEAD", 1);
    page.experiment(1);
    page.awaitDeliveries(id, "DEAD", 2);
    page.openAs("admin", "#/webhooks/" + id);
    browser.awaitCount(".delivery", 2);
    browser.click("Waiting");
    browser.awaitText("None.");
    browser.click("Gave up");
    browser.awaitCount(".delivery", 2);
    browser.clickAt(".delivery:first-child .summary");
    browser.awaitText("Attempt 2: 503");
    browser.awaitText("down");
    browser.awaitText("\"event_type\": \"experiment_error\"");
    browser.click("Copy as curl");
    browser.awaitText("The command copied.");

    page.receiver.answer(request -> Answer.status(200));
    browser.click("Redeliver");
    page.awaitDeliveries(id, "DELIVERED", 1);
    browser.awaitCount(".delivery", 1);
    browser.click("Redeliver all given up…");
    browser.click("Given up in the last hour");
    browser.awaitText("Send again everything that was given up in the last hour?");
    browser.click("Redeliver");
    browser.awaitText("1 delivery is on its way again.");
    page.awaitDeliveries(id, "DELIVERED", 2);
    browser.click("Delivered");
    browser.awaitCount(".delivery", 2);
  }

  @Test
  void aWebhookIsDisabledEnabledAndDeletedByItsName() {
    page.webhook("ci", page.receiver.url("/x").toString());
    page.openAs("admin", "");
    browser.choose("ci", "Disable");
    browser.awaitText("Disabled by admin.");
    browser.choose("ci", "Enable");
    browser.awaitNoText("Disabled by admin.");
    browser.choose("ci", "Copy name");
    browser.awaitText("The name copied.");
    browser.choose("ci", "Delete");
    browser.awaitText("Delete ci?");
    browser.click("Cancel");
    assertEquals(1, page.webhooks().size());
    browser.choose("ci", "Delete");
    browser.click("Delete Webhook");
    browser.awaitText("No webhooks registered");
    assertEquals(List.of(), page.webhooks());
  }

  @Test
  void theListUpdatesByItselfAndIsSearchedAndSorted() {
    page.webhook("alpha", page.receiver.url("/x").toString());
    page.openAs("admin", "");
    browser.awaitText("alpha");
    page.webhook("beta", page.receiver.url("/y").toString());
    browser.awaitText("beta");
    page.experiment(0);
    browser.awaitText("Delivered");
    browser.fill("input[type=search]", "bet");
    browser.awaitCount("tbody tr", 1);
    browser.fill("input[type=search]", " ");
    browser.awaitCount("tbody tr", 2);
    browser.select("Health", "Disabled");
    browser.awaitText("No webhook fits.");
    browser.select("Health", "Any health");
    browser.select("Workspace", "All workspaces");
    browser.awaitCount("tbody tr", 2);
    browser.script("document.querySelector('th button.sort').click()");
    Wait.until("beta first", PageFixture.SOON, () -> browser.inner("tbody tr th").equals("beta"));
  }

  @Test
  void theKeyIsShownOnlyToAnAdminWhoAsks() {
    String key =
        page.admin()
            .get("/api/v1/master/config")
            .ok()
            .at("/config/security/webhook_signing_key")
            .asText();
    page.openAs("admin", "");
    browser.click("Check the signature");
    browser.awaitText("hmac.compare_digest");
    assertFalse(browser.text().contains(key));
    browser.click("Go");
    browser.awaitText("hmac.Equal");
    browser.click("Show the key");
    browser.awaitText(key);
  }

  @Test
  void theKeyboardIsEnough() {
    page.webhook("ci", page.receiver.url("/x").toString());
    page.openAs("admin", "");
    browser.awaitText("ci");
    browser.script("document.querySelector('.dots').focus()");
    browser.press(Keys.ENTER);
    browser.awaitFocus("Test Webhook");
    browser.press(Keys.ARROW_DOWN);
    browser.awaitFocus("Edit");
    browser.press(Keys.END);
    browser.awaitFocus("Delete");
    browser.press(Keys.ESCAPE);
    browser.awaitFocus("Actions for ci");
    browser.press(Keys.ENTER);
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ENTER);
    browser.awaitFocus("url");
    browser.press(Keys.chord(Keys.CONTROL, "a"), page.receiver.url("/typed").toString());
    browser.press(Keys.ENTER);
    browser.awaitText("/typed");
    browser.awaitFocus("Actions for ci");
  }

  @Test
  void aNarrowScreenShowsEverythingWithoutScrollingSideways() {
    long id =
        page.webhook(
            "a-name-that-is-quite-long-and-has-no-place-to-break",
            page.receiver.url("/" + "x".repeat(200)).toString());
    browser.resize(320, 640);
    for (String view : List.of("", "#/webhooks/" + id)) {
      page.openAs("admin", view);
      browser.awaitText("a-name-that-is-quite-long");
      assertEquals(
          "true",
          String.valueOf(
              browser.script("return document.documentElement.scrollWidth <= innerWidth")),
          view);
    }
    browser.click("New Webhook");
    browser.click("+ Metric");
    assertEquals(
        List.of(),
        browser.script(
            """
            return [...document.querySelectorAll("dialog, dialog .body, dialog .foot")]
              .filter((part) => part.scrollWidth > part.clientWidth)
              .map((part) => part.className)
            """));
    browser.click("Remove metric trigger 1");
    browser.fill("#name", "narrow");
    browser.fill("#url", page.receiver.url("/n").toString());
    browser.click("Create Webhook");
    browser.awaitText("Webhook created.");
  }
}
