package org.expmaster.host.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The list of webhooks: what it shows, and what is done from it. */
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
}
