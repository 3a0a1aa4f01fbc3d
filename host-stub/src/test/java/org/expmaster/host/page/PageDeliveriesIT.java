package org.expmaster.host.page;

import java.time.Duration;
import java.util.Map;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests and deliveries. */
@Tag("any-jdk")
final class PageDeliveriesIT extends PageCase {
  @Test
  void aTestShowsWhatWentOutAndWhatCameBack() {
    page.webhook("ci", page.receiver.url("/x").toString());
    page.receiver.answer(request -> new Answer(202, Map.of(), "<b>thanks</b>", Duration.ZERO));
    page.openAs("admin", "");
    browser.choose("ci", "Test Webhook");
    browser.awaitText("It arrived.");
    browser.awaitText("The receiver answered 202.");
    browser.awaitText("<b>thanks</b>");
    browser.awaitText("\"event_type\": \"experiment_completed\"");
    page.receiver.answer(request -> Answer.status(200).after(Duration.ofSeconds(4)));
    browser.click("Test again");
    browser.awaitText("It did not arrive.");
    browser.awaitText("No answer came in time.");
    browser.awaitText("Let the receiver answer first and process afterwards.");
    page.receiver.answer(
        request ->
            new Answer(308, Map.of("Location", "https://moved.example/s3cret"), "", Duration.ZERO));
    browser.click("Test again");
    browser.awaitText("which points to https://moved.example; redirects are not followed.");
  }

  @Test
  void deliveriesSayWhyAMessageDidNotComeAndBringItAgain() {
    page.receiver.answer(request -> new Answer(503, Map.of(), "down", Duration.ZERO));
    long id = page.webhook("ci", page.receiver.url("/x").toString());
    page.experiment(0);
    page.awaitDeliveries(id, "DEAD", 1);
    page.experiment(1);
    page.awaitDeliveries(id, "DEAD", 2);
    page.openAs("admin", "#/webhooks/" + id);
    browser.awaitCount(".delivery", 2);
    browser.click("Waiting");
    browser.awaitText("None.");
    browser.click("Gave up");
    browser.awaitCount(".delivery", 2);
    browser.clickAt(".delivery:first-child .summary");
    browser.awaitText("Attempt 2: 503");
    browser.awaitText("The receiver is overloaded or down.");
    browser.awaitText("down");
    browser.awaitText("\"event_type\": \"experiment_error\"");
    browser.click("Copy as curl");
    browser.awaitText("The command copied.");

    page.receiver.answer(request -> Answer.status(200));
    browser.click("Redeliver");
    page.awaitDeliveries(id, "DELIVERED", 1);
    browser.awaitCount(".delivery", 1);
    browser.click("Redeliver all given up…");
    browser.click("Given up in the last hour");
    browser.awaitText("Send again everything that was given up in the last hour?");
    browser.click("Redeliver");
    browser.awaitText("1 delivery is on its way again.");
    page.awaitDeliveries(id, "DELIVERED", 2);
    browser.click("Delivered");
    browser.awaitCount(".delivery", 2);
  }
}
