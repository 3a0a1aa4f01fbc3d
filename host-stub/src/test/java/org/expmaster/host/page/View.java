package org.expmaster.host.page;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.expmaster.host.testing.WebhookReceiver.Answer;

/** Every view of the page, and how to get there. */
enum View {
  EMPTY {
    @Override
    void show(PageFixture page) {
      page.clear();
      page.openAs("admin", "");
      page.browser.awaitText("No webhooks registered");
    }
  },
  LIST {
    @Override
    void show(PageFixture page) {
      page.clear();
      String base = page.receiver.url("").toString();
      page.receiver.answer(
          request ->
              new Answer(
                  request.path().contains("broken") ? 503 : 200,
                  Map.of(),
                  request.path().contains("broken") ? "upstream is down for maintenance" : "ok",
                  Duration.ZERO));
      long ci = page.webhook("ci", base + "/hooks/ci");
      long broken = page.webhook("grafana annotations", base + "/broken/annotations");
      page.webhook("team-vision", base + "/services/T000/B000/xxxxxxxx", "SLACK");
      page.admin()
          .post("/api/v1/webhooks/" + page.webhook("old pager", base + "/pager") + "/disable", "");
      for (int i = 0; i < 3; i++) {
        page.experiment(i == 1 ? 1 : 0);
      }
      page.awaitDeliveries(ci, "DELIVERED", 3);
      page.awaitDeliveries(broken, "DEAD", 3);
      page.openAs("admin", "");
      page.browser.awaitText("Gave up");
      page.browser.awaitText("Delivered");
    }
  },
  MENU {
    @Override
    void show(PageFixture page) {
      page.browser.clickAt("button[aria-label='Actions for ci']");
    }
  },
  NEW {
    @Override
    void show(PageFixture page) {
      page.openAs("admin", "");
      page.browser.click("New Webhook");
      page.browser.click("+ Metric");
      page.browser.click("+ Log line");
      page.browser.fill("#name", "night-runs");
      page.browser.fill("#url", "nowhere");
      page.browser.click("Create Webhook");
      page.browser.awaitText("URL must be valid");
    }
  },
  HEADERS {
    @Override
    void show(PageFixture page) {
      page.openAs("admin", "");
      page.browser.choose("ci", "Edit");
      page.browser.clickAt("details.headers > summary");
      page.browser.click("+ Header");
      page.browser.fill("#header-name-0", "X-Api-Key");
      page.browser.click("+ Header", "Save Changes");
      page.browser.awaitText("Name the header.");
    }
  },
  SECRET {
    @Override
    void show(PageFixture page) {
      page.openAs("admin", "");
      page.browser.choose("ci", "Signing secret");
      page.browser.click("Show", "Rotate…", "Rotate Secret");
      page.browser.awaitText("The previous secret");
    }
  },
  ROTATE {
    @Override
    void show(PageFixture page) {
      page.browser.click("Rotate…", "Rotate Secret");
      page.browser.awaitText("A rotation is under way");
    }
  },
  TEST {
    @Override
    void show(PageFixture page) {
      page.openAs("admin", "");
      page.browser.choose("grafana annotations", "Test Webhook");
      page.browser.awaitText("It did not arrive.");
    }
  },
  DELIVERIES {
    @Override
    void show(PageFixture page) {
      page.openAs("admin", "");
      page.browser.click("grafana annotations");
      page.browser.awaitCount(".delivery", 3);
      page.browser.clickAt(".delivery:first-child .summary");
      page.browser.awaitText("upstream is down");
    }
  },
  DELETE {
    @Override
    void show(PageFixture page) {
      page.openAs("admin", "");
      page.browser.choose("old pager", "Delete");
      page.browser.awaitText("Delete old pager?");
    }
  },
  VERIFY {
    @Override
    void show(PageFixture page) {
      page.openAs("admin", "");
      page.browser.click("Check the signature");
      page.browser.awaitText("compare_digest");
    }
  },
  READ_ONLY {
    @Override
    void show(PageFixture page) {
      page.openAs("determined", "");
      page.browser.awaitText("ci");
    }
  },
  NOTHING_TO_SEE {
    @Override
    void show(PageFixture page) {
      page.clear();
      page.openAs("determined", "");
      page.browser.awaitText("nothing here that you may see");
    }
  },
  NOT_LOGGED_IN {
    @Override
    void show(PageFixture page) {
      page.browser.logOut();
      page.browser.open(page.url().resolve("/det/webhooks"));
      page.browser.awaitText("You are not logged in");
    }
  },
  LOGIN {
    @Override
    void show(PageFixture page) {
      page.browser.open(page.url().resolve("/det/login"));
      page.browser.awaitText("Password");
    }
  };

  abstract void show(PageFixture page);

  String fileName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
