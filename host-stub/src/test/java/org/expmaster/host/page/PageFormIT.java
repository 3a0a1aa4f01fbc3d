package org.expmaster.host.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.expmaster.host.testing.Wait;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The form in which a webhook is made. */
@Tag("any-jdk")
final class PageFormIT extends PageCase {
  @Test
  void aWebhookIsMadeWithEveryKindOfTriggerAndListed() {
    page.openAs("admin", "");
    browser.awaitText("No webhooks registered");
    browser.click("New Webhook");
    browser.fill("#name", "ci");
    browser.fill("#url", page.receiver.url("/hook").toString());
    browser.click("Custom alert");
    browser.awaitText("Custom alerts reach only experiments that name the webhook.");
    browser.click("+ Log line");
    browser.fill("#log-0", "CUDA error");
    browser.awaitText("\"experiment_completed\"");
    browser.click("+ Metric");
    browser.fill("#metric-0", "loss");
    browser.fill("input[aria-label=Value]", "0.25");
    browser.click("Create Webhook");
    browser.awaitText("Webhook created.");
    browser.awaitText("TASKLOG");
    browser.awaitText("METRIC");
    JsonNode made = page.webhooks().get(0);
    assertEquals("WEBHOOK_MODE_SPECIFIC", made.path("mode").asText());
    assertEquals(List.of("COMPLETED", "ERROR"), made.path("triggers").findValuesAsText("state"));
    assertEquals("CUDA error", made.path("triggers").findValue("regex").asText());
    assertEquals(0.25, made.path("triggers").findValue("value").asDouble());
    assertEquals(5, made.path("triggers").size());
  }

  @Test
  void thePreviewIsInTheFormThatIsChosen() {
    page.openAs("admin", "");
    browser.click("New Webhook");
    browser.awaitText("\"event_type\"");
    browser.script(
        "const s = document.querySelector('#format'); s.value = 'SLACK';"
            + "s.dispatchEvent(new Event('change'))");
    browser.awaitText("\"blocks\"");
    browser.fill("#template", "{{experiment.name}} ended");
    browser.awaitText("cifar10_pytorch_const profiler ended");
  }

  @Test
  void whatIsWrongStandsAtItsFieldInWords() {
    page.openAs("admin", "");
    browser.click("New Webhook");
    browser.click("Create Webhook");
    browser.awaitText("URL is required.");
    assertEquals("url", browser.focus());
    browser.fill("#url", "http://10.0.0.1/private");
    browser.click("Create Webhook");
    browser.awaitText("URL leads to an address that webhooks may not be sent to");
    assertEquals("true", browser.attribute("#url", "aria-invalid"));
    browser.fill("#url", page.receiver.url("/hook").toString());
    browser.click("Completed");
    browser.click("Errored");
    browser.click("Create Webhook");
    browser.awaitText("Choose at least one trigger.");
    browser.click("+ Log line");
    browser.fill("#log-0", "a(b");
    browser.click("Create Webhook");
    Wait.until(
        "the regular expression's own error",
        PageFixture.SOON,
        () -> !browser.inner("#log-0-error").isEmpty());
    assertEquals(List.of(), page.webhooks());
  }
}
