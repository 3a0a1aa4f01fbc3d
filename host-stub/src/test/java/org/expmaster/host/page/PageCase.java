package org.expmaster.host.page;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One master and one browser for all tests of a class, each of which begins without webhooks. */
abstract class PageCase {
  @TempDir private static Path directory;
  static PageFixture page;
  static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    page = PageFixture.start(directory);
    browser = page.browser;
  }

  @AfterAll
  static void stop() {
    if (page != null) {
      page.close();
      page = null;
    }
  }

  @BeforeEach
  void clear() {
    page.clear();
    browser.resize(1280, 900);
  }
}
