package org.expmaster.webhook.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentSubscriptionTest {
  private static final String IDS = "integrations.webhooks.webhook_id holds what is not a whole";

  @Test
  void whatIsMeantIsTaken() {
    ExperimentSubscription read =
        of(Map.of("webhook_name", "ci", "webhook_id", "34", "exclude", "false"));
    assertEquals(new ExperimentSubscription(false, Set.of(34L), Set.of("ci"), List.of()), read);
    assertEquals(
        new ExperimentSubscription(true, Set.of(7L, 8L), Set.of("ci", "5"), List.of()),
        of(
            Map.of(
                "webhook_name",
                List.of("ci", 5),
                "webhook_id",
                List.of(7, "8"),
                "exclude",
                "TRUE")));
  }

  static Stream<Map<String, Object>> misunderstood() {
    return Stream.of(
        Map.of("webhookName", List.of("ci")),
        Map.of("webhook_id", 7.5),
        Map.of("webhook_id", List.of("seven")),
        Map.of("webhook_id", BigInteger.TWO.pow(70)),
        Map.of("webhook_id", Map.of()),
        Map.of("webhook_name", List.of(List.of("ci"))),
        Map.of("webhook_name", Arrays.asList("ci", null)),
        Map.of("exclude", "yes"),
        Map.of("exclude", List.of(true)));
  }

  @ParameterizedTest
  @MethodSource("misunderstood")
  void whatCannotBeUnderstoodIsAProblem(Map<String, Object> webhooks) {
    ExperimentSubscription read = of(webhooks);
    assertEquals(1, read.problems().size(), read.toString());
    assertEquals(false, read.excluded());
    assertEquals(Set.of(), read.ids());
  }

  @Test
  void aProblemIsSaidWithoutRepeatingWhatIsWritten() {
    assertEquals(
        List.of(
            "integrations.webhooks.webhookName is not one of exclude, webhook_id, webhook_name"),
        of(Map.of("webhookName", List.of("ci"))).problems());
    assertEquals(
        List.of("integrations.webhooks is not one of exclude, webhook_id, webhook_name"),
        of(Map.of("a line\nof a log", 1)).problems());
    assertEquals(IDS, of(Map.of("webhook_id", "x")).problems().get(0).substring(0, IDS.length()));
    assertEquals(
        List.of("integrations.webhooks is not a mapping"),
        ExperimentSubscription.of(Map.of("integrations", Map.of("webhooks", "ci"))).problems());
    assertEquals(
        List.of("integrations is not a mapping"),
        ExperimentSubscription.of(Map.of("integrations", "ci")).problems());
  }

  @Test
  void howeverMuchIsWrongFewWordsAreSaid() {
    Map<String, Object> wrong = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      wrong.put("key" + i, i);
    }
    wrong.put("webhook_id", Collections.nCopies(10_000, "x"));
    assertEquals(10, of(wrong).problems().size());
  }

  @Test
  void aConfigThatSaysNothingOfWebhooksHasNoProblem() {
    assertEquals(List.of(), ExperimentSubscription.of(Map.of()).problems());
    assertEquals(
        List.of(), ExperimentSubscription.of(Map.of("integrations", Map.of("x", 1))).problems());
  }

  private static ExperimentSubscription of(Map<String, Object> webhooks) {
    return ExperimentSubscription.of(Map.of("integrations", Map.of("webhooks", webhooks)));
  }
}
