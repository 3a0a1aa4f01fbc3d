package org.expmaster.webhook.match;

import static org.expmaster.webhook.match.Matching.EVERYWHERE;
import static org.expmaster.webhook.match.Matching.HERE;
import static org.expmaster.webhook.match.Matching.SPECIFIC;
import static org.expmaster.webhook.match.Matching.UNNAMED;
import static org.expmaster.webhook.match.Matching.WORKSPACE;
import static org.expmaster.webhook.match.Matching.config;
import static org.expmaster.webhook.match.Matching.matchCompleted;
import static org.expmaster.webhook.match.Matching.webhook;
import static org.expmaster.webhook.match.Matching.webhooks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.expmaster.webhook.registry.Webhook;
import org.expmaster.webhook.registry.WebhookMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which webhooks the config of an experiment names or excludes. */
class NamedWebhooksTest {
  @Test
  void aSpecificOneNeedsItsIdInTheConfig() {
    assertEquals(List.of(), matchCompleted(Map.of(), SPECIFIC, UNNAMED));
    assertEquals(
        List.of(UNNAMED), matchCompleted(webhooks("webhook_id", List.of(1, 8)), SPECIFIC, UNNAMED));
    assertEquals(
        List.of(SPECIFIC), matchCompleted(webhooks("webhook_id", List.of(7L)), SPECIFIC, UNNAMED));
  }

  @Test
  void orASpecificOneNeedsItsNameInTheConfig() {
    assertEquals(
        List.of(SPECIFIC),
        matchCompleted(webhooks("webhook_name", List.of("x", "mine")), SPECIFIC, UNNAMED));
    assertEquals(
        List.of(), matchCompleted(webhooks("webhook_name", List.of("Mine", " mine")), SPECIFIC));
  }

  @Test
  void namedByIdAndByNameItIsToldOnce() {
    Map<String, Object> both =
        Map.of("webhook_id", List.of(7, 7), "webhook_name", List.of("mine", "mine"));
    assertEquals(List.of(SPECIFIC), matchCompleted(config(both), SPECIFIC));
  }

  @Test
  void anEmptyNameInTheConfigNamesNoWebhookThatHasNone() {
    assertEquals(List.of(), matchCompleted(webhooks("webhook_name", List.of("")), UNNAMED));
  }

  @Test
  void namingASpecificOneOfAnotherWorkspaceDoesNotReachIt() {
    Webhook theirs = webhook(7, "mine", WebhookMode.SPECIFIC, WORKSPACE + 1);
    Map<String, Object> named =
        config(Map.of("webhook_id", List.of(7), "webhook_name", List.of("mine")));
    assertEquals(List.of(), matchCompleted(named, theirs));
  }

  @Test
  void theOthersFireWhateverTheConfigNames() {
    assertEquals(
        List.of(EVERYWHERE, SPECIFIC),
        matchCompleted(webhooks("webhook_id", List.of(7)), EVERYWHERE, SPECIFIC));
  }

  @Test
  void excludeWinsOverEverything() {
    Map<String, Object> excluded =
        config(Map.of("exclude", true, "webhook_id", List.of(7), "webhook_name", List.of("mine")));
    assertEquals(List.of(), matchCompleted(excluded, EVERYWHERE, HERE, SPECIFIC));
  }

  @Test
  void excludeFalseExcludesNothing() {
    Map<String, Object> config = config(Map.of("exclude", false, "webhook_id", List.of(7)));
    assertEquals(List.of(EVERYWHERE, SPECIFIC), matchCompleted(config, EVERYWHERE, SPECIFIC));
  }

  @ParameterizedTest
  @MethodSource("malformedConfigs")
  void whatIsNotOfTheExpectedFormCountsAsNotWritten(Map<String, Object> config) {
    assertEquals(List.of(EVERYWHERE), matchCompleted(config, EVERYWHERE, SPECIFIC, UNNAMED));
  }

  /** Each field on the way, with values of every type that a YAML parser yields. */
  static Stream<Arguments> malformedConfigs() {
    Map<Object, Object> numbersForNames = new HashMap<>();
    numbersForNames.put(1, 2);
    numbersForNames.put(null, null);
    List<Object> kinds =
        new ArrayList<>(
            Arrays.asList(
                null,
                "perhaps",
                "",
                9,
                1.5,
                Double.NaN,
                false,
                List.of(),
                Map.of(),
                Map.of("exclude", "yes"),
                numbersForNames,
                Arrays.asList(null, "9", 7.5, true, Map.of(), List.of(7), Double.NaN),
                List.of(BigInteger.ONE.shiftLeft(64).add(BigInteger.valueOf(7))),
                List.of(List.of("mine"), Map.of("mine", "mine"), "")));
    Stream.Builder<Arguments> configs = Stream.builder();
    for (Object kind : kinds) {
      configs.add(arguments(map("integrations", kind)));
      configs.add(arguments(map("integrations", map("webhooks", kind))));
      for (String field : List.of("exclude", "webhook_id", "webhook_name")) {
        configs.add(arguments(map("integrations", map("webhooks", map(field, kind)))));
      }
    }
    return configs.build();
  }

  private static Map<String, Object> map(String name, Object value) {
    return Collections.singletonMap(name, value);
  }
}
