package org.expmaster.host.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The list of webhooks: what it shows, and what is done from it. */
@Tag("any-jdk")
final class PageListIT extends PageCase {
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
  void theSecretIsShownToWhoAsksAndCopied() {
    long id = openSecret();
    String secret = secrets(id).path("secret").asText();
    assertFalse(browser.text().contains(secret));
    browser.click("Copy");
    browser.awaitText("The secret copied.");
    browser.click("Show");
    browser.awaitText(secret);
    browser.click("Show");
    browser.awaitNoText(secret);
    browser.click("Close");
    browser.awaitFocus("Actions for ci");
    browser.clickAt("input[type=search]");
    browser.press(Keys.chord(Keys.CONTROL, "v"));
    Wait.until(
        "the secret, pasted",
        PageFixture.SOON,
        () -> browser.value("input[type=search]").equals(secret));
  }

  @Test
  void aRotationKeepsTheOldSecretForAWhileAndALeakedOneIsReplacedAtOnce() {
    long id = openSecret();
    String first = secrets(id).path("secret").asText();
    browser.click("Show", "Rotate…");
    browser.awaitText("Rotate the secret?");
    browser.awaitFocus("Cancel");
    browser.click("Cancel");
    assertEquals(first, secrets(id).path("secret").asText());
    browser.click("Rotate…", "Rotate Secret");
    browser.awaitText("The secret is rotated.");
    JsonNode rotated = secrets(id);
    assertEquals(first, rotated.path("previousSecret").asText());
    browser.awaitText(rotated.path("secret").asText());
    browser.awaitText("It signs as well until ");
    assertTrue(browser.text().contains(first));
    browser.click("Rotate…", "Rotate Secret");
    browser.awaitText("A rotation is under way: the previous secret signs until");
    assertFalse(browser.text().contains("immediately"), "words of REST");
    browser.click("It has leaked: replace it at once", "Rotate Secret");
    browser.awaitText("The secret is replaced.");
    JsonNode replaced = secrets(id);
    assertTrue(replaced.path("previousSecret").isNull());
    assertNotEquals(rotated.path("secret").asText(), replaced.path("secret").asText());
    browser.awaitText(replaced.path("secret").asText());
    assertFalse(browser.text().contains("The previous secret"));
  }

  @Test
  void aRotationThatFailsSaysWhy() {
    long id = openSecret();
    page.admin().delete("/api/v1/webhooks/" + id).ok();
    browser.click("Rotate…", "Rotate Secret");
    browser.awaitText("There is no webhook " + id + ".");
  }

  private static long openSecret() {
    long id = page.webhook("ci", page.receiver.url("/x").toString());
    page.openAs("admin", "");
    browser.choose("ci", "Signing secret");
    browser.awaitText("whsec_••••");
    return id;
  }

  private static JsonNode secrets(long id) {
    return page.admin().get("/api/v1/webhooks/" + id + "/secret").ok();
  }
}
