package org.expmaster.host.page;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.expmaster.host.testing.Wait;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** A headless Chromium, used as people use it: it finds elements by what is visible, and waits. */
final class Browser implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(15);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts a browser, or skips the test if none is installed; in CI, one must be. */
  static Browser start() {
    return new Browser(Chromium.start());
  }

  void open(URI address) {
    // load another page first: a change of the fragment alone loads nothing
    driver.get("about:blank");
    driver.get(address.toString());
  }

  /** Sets a session's cookie, as the login page does. */
  void logIn(URI master, String token) {
    driver.get(master + "/det/login");
    driver.manage().deleteAllCookies();
    driver.manage().addCookie(new Cookie.Builder("auth", token).path("/").build());
  }

  /** Sets another session's cookie, and leaves the page as it is. */
  void cookie(String token) {
    driver.manage().deleteAllCookies();
    driver.manage().addCookie(new Cookie.Builder("auth", token).path("/").build());
  }

  void logOut() {
    driver.manage().deleteAllCookies();
  }

  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Emulates the system's preference: light or dark. */
  void scheme(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  void awaitText(String text) {
    Wait.until(() -> "the text \"" + text + "\" in:\n" + text(), SOON, () -> text().contains(text));
  }

  void awaitNoText(String text) {
    Wait.until(() -> "no text \"" + text + "\" in:\n" + text(), SOON, () -> !text().contains(text));
  }

  /** Returns all visible text. */
  String text() {
    try {
      return String.valueOf(script("return document.body.innerText"));
    } catch (WebDriverException loading) {
      return "";
    }
  }

  /** Clicks the visible button, link or menu item with this label. */
  void click(String... labels) {
    for (String label : labels) {
      act(label, control(label), WebElement::click);
    }
  }

  /** Opens the menu of a webhook and chooses an entry. */
  void choose(String webhook, String entry) {
    clickAt("button[aria-label=\"Actions for " + webhook + "\"]");
    act(
        entry,
        By.xpath("//*[@role='menuitem'][normalize-space()=\"" + entry + "\"]"),
        WebElement::click);
  }

  void clickAt(String css) {
    act(css, By.cssSelector(css), WebElement::click);
  }

  void fill(String css, String text) {
    act(
        css,
        By.cssSelector(css),
        field -> {
          field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
          field.sendKeys(text);
        });
  }

  /** Chooses an option from a list. */
  void select(String label, String option) {
    String entry = "//select[@aria-label='%s']/option[normalize-space()='%s']";
    act(option, By.xpath(entry.formatted(label, option)), WebElement::click);
  }

  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Returns the label, the id or the text of the focused element. */
  String focus() {
    return String.valueOf(
        script(
            "const e = document.activeElement;"
                + "return e.getAttribute('aria-label') ?? (e.id || e.innerText.trim())"));
  }

  void awaitFocus(String name) {
    Wait.until(
        () -> "the focus on " + name + ", where it is on " + focus(),
        SOON,
        () -> focus().equals(name));
  }

  String attribute(String css, String name) {
    return String.valueOf(
        script(
            "return document.querySelector(arguments[0])?.getAttribute(arguments[1])", css, name));
  }

  /** Returns the text of the first match. */
  String inner(String css) {
    return String.valueOf(
        script("return document.querySelector(arguments[0])?.innerText ?? ''", css));
  }

  String value(String css) {
    return String.valueOf(script("return document.querySelector(arguments[0])?.value", css));
  }

  int count(String css) {
    return driver.findElements(By.cssSelector(css)).size();
  }

  void awaitCount(String css, int count) {
    Wait.until(
        () -> count + " of " + css + ", where there are " + count(css),
        SOON,
        () -> count(css) == count);
  }

  Object script(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  /** Runs a script that calls its last argument with its result. */
  Object asyncScript(String script) {
    return driver.executeAsyncScript(script);
  }

  void picture(Path file) throws IOException {
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  private static By control(String label) {
    String is = "[normalize-space()=\"" + label + "\" or @aria-label=\"" + label + "\"]";
    return By.xpath("//button" + is + "|//a" + is + "|//label" + is);
  }

  /** Acts on a visible element as soon as that is possible; finds it again if it is redrawn. */
  private void act(String what, By by, Consumer<WebElement> action) {
    Wait.until(
        () -> "something to use called " + what + " in:\n" + text(),
        SOON,
        () -> {
          try {
            // the last one: a dialog comes after what it covers
            List<WebElement> found =
                driver.findElements(by).stream().filter(WebElement::isDisplayed).toList();
            if (found.isEmpty() || !found.get(found.size() - 1).isEnabled()) {
              return false;
            }
            action.accept(found.get(found.size() - 1));
            return true;
          } catch (StaleElementReferenceException | ElementNotInteractableException redrawn) {
            return false;
          }
        });
  }

  @Override
  public void close() {
    driver.quit();
  }
}
