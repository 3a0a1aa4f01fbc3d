package org.expmaster.host.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.expmaster.host.testing.MasterProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Missing permissions, an expired session, an unreachable master, and a path prefix. */
@Tag("any-jdk")
final class PageTroubleIT extends PageCase {
  @Test
  void whoIsNotLoggedInIsShownTheWayAndComesBack() {
    long id = page.webhook("ci", page.receiver.url("/x").toString());
    browser.open(page.url().resolve("/det/login"));
    browser.logOut();
    browser.open(page.url().resolve("/det/webhooks#/webhooks/" + id));
    browser.awaitText("You are not logged in");
    browser.click("Log in");
    browser.fill("#username", "admin");
    browser.fill("#password", "wrong");
    browser.click("Log in");
    browser.awaitText("Wrong username or password.");
    browser.fill("#username", "admin");
    browser.fill("#password", MasterProcess.PASSWORD);
    browser.click("Log in");
    browser.awaitText("Nothing has been sent yet.");
  }

  @Test
  void whoMayNotEditSeesNoWayToAndWhoSeesNothingIsToldWhomToAsk() {
    page.openAs("determined", "");
    browser.awaitText("There is nothing here that you may see");
    page.webhook("ci", page.receiver.url("/x").toString());
    browser.awaitText("ci");
    assertEquals(0, browser.count("tbody a"));
    assertTrue(!browser.text().contains("New Webhook"), browser.text());
    browser.clickAt("button[aria-label='Actions for ci']");
    browser.awaitText("Copy name");
    assertEquals(1, browser.count("[role=menuitem]"));
    browser.open(page.url().resolve("/det/webhooks#/webhooks/999"));
    browser.awaitText("This webhook does not exist");
  }

  @Test
  void aSessionThatEndsAtWorkCostsNothingThatWasTyped() {
    page.openAs("admin", "");
    browser.click("New Webhook");
    browser.fill("#name", "typed before");
    browser.fill("#url", page.receiver.url("/x").toString());
    page.endSession();
    browser.click("Create Webhook");
    browser.awaitText("Your session has ended.");
    assertEquals("typed before", browser.value("#name"));
    page.newSession();
    browser.click("Create Webhook");
    browser.awaitText("Webhook created.");
    browser.awaitText("typed before");
  }

  @Test
  void aMasterThatGoesAwayAndComesBackIsNoticedAndNothingHasToBeLoadedAgain() throws Exception {
    page.webhook("ci", page.receiver.url("/x").toString());
    page.openAs("admin", "");
    browser.awaitText("ci");
    browser.script("window.same = true");
    page.kill();
    browser.awaitText("The master does not answer.");
    browser.awaitText("ci");
    page.restart();
    browser.awaitNoText("The master does not answer.");
    page.webhook("after", page.receiver.url("/y").toString());
    browser.awaitText("after");
    assertEquals(true, browser.script("return window.same"));
  }

  @Test
  void behindAPrefixEverythingIsFound() throws Exception {
    try (PrefixProxy proxy = PrefixProxy.start("/north/master", page.url())) {
      page.webhook("ci", page.receiver.url("/x").toString());
      page.openAs("admin", "");
      browser.open(URI.create(proxy.url() + "/det/webhooks"));
      browser.choose("ci", "Test Webhook");
      browser.awaitText("It arrived.");
      browser.click("Close", "Check the signature");
      browser.awaitText("compare_digest");
      browser.awaitText(proxy.url() + "/api/v1/master/config");
    }
  }
}
