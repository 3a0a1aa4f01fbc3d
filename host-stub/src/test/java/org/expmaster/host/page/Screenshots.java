package org.expmaster.host.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Pictures of every view, and figures: {@code mvn -q -Pscreenshots -DskipTests verify}. */
public final class Screenshots {
  private static final int MANY = 1_000;

  private Screenshots() {}

  /**
   * @param arguments the directory to write into
   */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    try (PageFixture page = PageFixture.start(Files.createTempDirectory("page"))) {
      for (View view : View.values()) {
        view.show(page);
        for (String scheme : List.of("light", "dark")) {
          page.browser.scheme(scheme);
          for (int width : new int[] {1280, 320}) {
            page.browser.resize(width, width == 320 ? 720 : 860);
            page.browser.picture(
                directory.resolve(view.fileName() + "-" + scheme + "-" + width + ".png"));
          }
        }
        page.browser.resize(1280, 860);
        page.browser.scheme("light");
      }
      figures(page);
    }
  }

  private static void figures(PageFixture page) throws IOException {
    page.clear();
    for (int i = 0; i < MANY; i++) {
      page.webhook("webhook " + i, page.receiver.url("/" + i).toString());
    }
    page.openAs("admin", "");
    page.browser.awaitText("of 1000");
    Map<?, ?> loaded =
        (Map<?, ?>)
            page.browser.script(
                """
                const all = performance.getEntriesByType("resource");
                const page = performance.getEntriesByType("navigation")[0];
                const files = all.filter((one) => !one.name.includes("/api/"));
                return {requests: files.length + 1,
                  bytes: files.reduce((sum, one) => sum + one.encodedBodySize, page.encodedBodySize),
                  listed: Math.round(performance.getEntriesByName("listed")[0]?.startTime ?? -1)}
                """);
    System.out.println(
        "files: " + loaded.get("requests") + " requests, " + loaded.get("bytes") + " bytes");
    System.out.println(
        "first list of " + MANY + " webhooks: " + loaded.get("listed") + " ms after navigation");
  }
}
