package org.expmaster.host.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Every view without a mouse, on a narrow screen, and as axe-core sees it. */
@Tag("any-jdk")
final class AccessibilityIT extends PageCase {
  @Test
  void axeFindsNothingInAnyViewInLightOrDarkWideOrNarrow() {
    Map<String, Object> found = new TreeMap<>();
    for (View view : View.values()) {
      browser.resize(1280, 900);
      view.show(page);
      check(view + " light", "light", 1280, found);
      check(view + " dark", "dark", 1280, found);
      check(view + " narrow", "light", 320, found);
    }
    assertEquals(Map.of(), found);
  }

  private static void check(String name, String scheme, int width, Map<String, Object> found) {
    browser.scheme(scheme);
    browser.resize(width, 900);
    var violations = Axe.violations(browser);
    if (!violations.isEmpty()) {
      found.put(name, violations);
    }
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
    browser.clickAt("details.headers > summary");
    browser.click("+ Header");
    noDialogScrollsSideways();
    browser.click("Remove metric trigger 1", "Remove header 1");
    browser.fill("#name", "narrow");
    browser.fill("#url", page.receiver.url("/n").toString());
    browser.click("Create Webhook");
    browser.awaitText("Webhook created.");
    browser.choose("a-name-that-is-quite-long-and-has-no-place-to-break", "Signing secret");
    browser.click("Show", "Rotate…");
    noDialogScrollsSideways();
  }

  private static void noDialogScrollsSideways() {
    assertEquals(
        List.of(),
        browser.script(
            """
            return [...document.querySelectorAll("dialog, dialog .body, dialog .foot")]
              .filter((part) => part.scrollWidth > part.clientWidth)
              .map((part) => part.className)
            """));
  }
}
