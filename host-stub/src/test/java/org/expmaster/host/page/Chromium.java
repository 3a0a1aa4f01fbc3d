package org.expmaster.host.page;

import java.io.File;
import java.util.List;
import java.util.Optional;
import org.expmaster.host.testing.Tools;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The installed Chromium. */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private Chromium() {}

  /** Starts a browser, or skips the test if none is installed; in CI, one must be. */
  static ChromeDriver start() {
    Optional<File> chromium = NAMES.stream().map(Tools::find).flatMap(Optional::stream).findFirst();
    Optional<File> chromedriver = Tools.find("chromedriver");
    boolean there = chromium.isPresent() && chromedriver.isPresent();
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI must have chromium and chromedriver");
    }
    Assumptions.assumeTrue(there, "chromium and chromedriver are not installed");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--window-size=1280,900",
        "--lang=en-US");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.get())
            .usingAnyFreePort()
            .build();
    return new ChromeDriver(service, options);
  }
}
