package org.expmaster.webhook.page;

import java.util.List;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.Routes;

/** All routes of the page. Each file has its own route, so no path can lead out of the jar. */
public final class PageRoutes {
  /** The address in Determined's documentation. */
  private static final String PAGE = "/det/webhooks";

  /** The files that the page loads, by their paths below the page's own. */
  static final List<String> FILES =
      """
      icon.svg
      page.css
      api.js
      choices.js
      clipboard.js
      confirm.js
      curl.js
      deliveries.js
      delivery.js
      dialog.js
      draft.js
      failure.js
      header-fields.js
      health.js
      list.js
      notices.js
      page.js
      placeholders.js
      poll.js
      preview.js
      row-actions.js
      row-menu.js
      signing-secret.js
      test-result.js
      trigger-fields.js
      verify-help.js
      webhook-dialog.js
      words.js
      lit-html/lit-html.js
      lit-html/directive.js
      lit-html/directive-helpers.js
      lit-html/directives/repeat.js
      verify/Verify.java
      verify/verify.go
      verify/verify.mjs
      verify/verify.py
      verify/verify.sh
      """
          .lines()
          .toList();

  private PageRoutes() {}

  /** Adds the routes. */
  public static void add(Routes routes) {
    routes.add("GET", PAGE, Access.PUBLIC, Asset.read("index.html")::answer);
    FILES.forEach(
        file -> routes.add("GET", PAGE + "/" + file, Access.PUBLIC, Asset.read(file)::answer));
  }
}
