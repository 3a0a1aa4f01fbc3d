package org.expmaster.host.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** axe-core on every view, in light and dark, wide and narrow. */
final class AccessibilityIT {
  @TempDir private Path directory;

  @Test
  void axeFindsNothingInAnyViewInLightOrDarkWideOrNarrow() throws Exception {
    Map<String, Object> found = new TreeMap<>();
    try (PageFixture page = PageFixture.start(directory)) {
      for (View view : View.values()) {
        page.browser.resize(1280, 900);
        view.show(page);
        check(page, view + " light", "light", 1280, found);
        check(page, view + " dark", "dark", 1280, found);
        check(page, view + " narrow", "light", 320, found);
      }
    }
    assertEquals(Map.of(), found);
  }

  private static void check(
      PageFixture page, String name, String scheme, int width, Map<String, Object> found) {
    page.browser.scheme(scheme);
    page.browser.resize(width, 900);
    var violations = page.browser.violations();
    if (!violations.isEmpty()) {
      found.put(name, violations);
    }
  }
}
