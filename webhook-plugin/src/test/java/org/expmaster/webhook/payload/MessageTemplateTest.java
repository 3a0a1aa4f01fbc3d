package org.expmaster.webhook.payload;

import static org.expmaster.webhook.registry.WebhookType.SLACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.expmaster.plugin.model.ExperimentState;
import org.expmaster.webhook.event.WebhookEvent;
import org.expmaster.webhook.registry.PayloadForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTemplateTest {
  private static final WebhookEvent ALERT =
      Events.alert(
          Events.experiment("a < b", ExperimentState.RUNNING), OptionalLong.of(3), "title", "text");

  @ParameterizedTest
  @CsvSource({
    "event, custom",
    "experiment.id, 7",
    "experiment.name, a &lt; b",
    "experiment.state, RUNNING",
    "experiment.duration, 5h 6min",
    "experiment.resource_pool, A100",
    "experiment.slots, 24",
    "workspace.id, 5",
    "workspace.name, Vehicles",
    "project.id, 12",
    "project.name, Light",
    "user, ann",
    "url, https://det.example/master/det/experiments/7/overview",
    "trial.id, 3",
    "alert.level, WARNING",
    "alert.title, title",
    "alert.description, text"
  })
  void everyPlaceholderOfAnAlertHasItsValue(String name, String value) {
    assertEquals("[" + value + "]", filled("[{{" + name + "}}]", ALERT));
    assertEquals("[" + value + "]", filled("[{{ " + name + " }}]", ALERT));
  }

  @ParameterizedTest
  @CsvSource({"task.id, 7.3", "task.node, node-1", "log.line, a &lt; b", "log.regex, a.*"})
  void everyPlaceholderOfALogHasItsValue(String name, String value) {
    WebhookEvent log = Events.taskLog(Optional.empty(), "a < b", "a.*");
    assertEquals("[" + value + "]", filled("[{{" + name + "}}]", log));
  }

  @ParameterizedTest
  @CsvSource({
    "metric.name, loss",
    "metric.value, 0.95",
    "metric.operator, &gt;=",
    "metric.threshold, 0.9"
  })
  void everyPlaceholderOfAMetricHasItsValue(String name, String value) {
    WebhookEvent crossed = Events.crossed(Events.experiment("n", ExperimentState.RUNNING), "loss");
    assertEquals("[" + value + "]", filled("[{{" + name + "}}]", crossed));
  }

  @Test
  void everyPlaceholderMayBeUsed() {
    Placeholders.NAMES.forEach(name -> MessageTemplate.check("{{" + name + "}}"));
  }

  @Test
  void whatAnEventDoesNotHaveIsEmptyAndASectionIsThereOnlyForWhatItHas() {
    String template =
        "{{user}}:{{#trial.id}} trial {{trial.id}}{{/trial.id}}{{^trial.id}} none{{/trial.id}}";
    WebhookEvent changed = Events.stateChanged(Events.experiment("n", ExperimentState.RUNNING));
    assertEquals("ann: trial 3", filled(template, ALERT));
    assertEquals("ann: none", filled(template, changed));
    assertEquals("[]", filled("[{{log.line}}]", changed));
    assertEquals("[]", filled("[{{experiment.name}}]", Events.taskLog(Optional.empty(), "x", "x")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{experiment.name}}", "{{{experiment.name}}}", "{{&experiment.name}}"})
  void noWayOfWritingAPlaceholderPutsItsValueInUnescaped(String template) {
    assertEquals("a &lt; b", filled(template, ALERT));
  }

  @Test
  void theTemplatesOwnTextIsLeftAloneMentionsIncluded() {
    assertEquals("<@U123> *look* & see", filled("<@U123> *look* & see", ALERT));
  }

  @Test
  void aTemplateOfWhichNothingIsLeftIsTheUsualMessage() {
    assertEquals("The status of your experiment is RUNNING", filled(" {{log.line}}\n", ALERT));
  }

  @Test
  void theTestOfATemplateShowsWhatItMakesOfTheDocumentedEvent() {
    Payload test =
        ChatFixture.LINKED.test(
            new PayloadForm(SLACK, 0, "look: {{experiment.name}}"), UUID.randomUUID(), Events.NOON);
    assertEquals(
        "look: cifar10_pytorch_const profiler",
        ChatFixture.read(test).at("/blocks/0/text/text").textValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{experiment.nmae}}",
        "{{#experiments}}x{{/experiments}}",
        "{{^x}}y{{/x}}",
        "{{{x}}}",
        "{{&x}}",
        "{{#trial.id}}{{id}}{{/trial.id}}",
        "{{.}}"
      })
  void anUnknownPlaceholderIsNamedAndSoAreThoseThatThereAre(String template) {
    String refused = refusal(template);
    assertTrue(refused.startsWith("has the placeholder {{"), refused);
    Placeholders.NAMES.forEach(name -> assertTrue(refused.contains(name), refused));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{#user}}",
        "{{/user}}",
        "{{#user}}{{/url}}",
        "{{user",
        "{{user}",
        "{{>user}}",
        "{{{user}}",
        "{{}}",
        "{{<user}}{{/user}}",
        "{{$user}}{{/user}}"
      })
  void whatIsNoTemplateIsRefused(String template) {
    refusal(template);
  }

  @Test
  void aTemplateMayHave2000Characters() {
    MessageTemplate.check("x".repeat(2_000));
    assertTrue(refusal("x".repeat(2_001)).contains("2001"));
    refusal("{{#user}}".repeat(5_000));
  }

  private static String refusal(String template) {
    return assertThrows(
            IllegalArgumentException.class, () -> MessageTemplate.check(template), template)
        .getMessage();
  }

  private static String filled(String template, WebhookEvent event) {
    MessageTemplate.check(template);
    return ChatFixture.worded(SLACK, template, event).at("/blocks/0/text/text").textValue();
  }
}
