package org.expmaster.webhook;

import static org.expmaster.webhook.WrittenSettings.assertRefused;
import static org.expmaster.webhook.WrittenSettings.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.expmaster.plugin.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What stops the plugin, and that the place of what is wrong is named. */
class WrongSettingsTest {
  @Test
  void anUnknownSettingStopsThePluginAndNamesThePathAndWhatThereIs() {
    SettingsException refused =
        assertRefused("webhooks.max_in_fligth", Map.of(), Map.of("max_in_fligth", 5));
    assertTrue(refused.getMessage().contains("max_in_flight"), refused.getMessage());
    assertTrue(refused.getMessage().contains("signing_key"), refused.getMessage());
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  void aWrongValueStopsThePluginAndNamesThePath(String name, Object wrong) {
    assertRefused("webhooks." + name, Map.of(), Map.of(name, wrong));
  }

  static Stream<Arguments> wrongValues() {
    return Stream.of(
            Stream.of("max_in_flight", "max_in_flight_per_webhook", "max_slow")
                .flatMap(
                    name ->
                        Stream.of(0, -1, 100_001, 5_000_000_000L, 1.5, "5", true, List.of())
                            .map(wrong -> arguments(name, wrong))),
            Stream.of(
                    "connect_timeout",
                    "request_timeout",
                    "lease",
                    "poll_interval",
                    "key_overlap",
                    "disable_after",
                    "keep_delivered",
                    "keep_dead",
                    "keep_waiting",
                    "keep_audit")
                .flatMap(
                    name ->
                        Stream.of(
                                0, 5, "0s", "5", "-1s", "soon", "366d", "999999999999d", List.of())
                            .map(wrong -> arguments(name, wrong))),
            Stream.of("5s", 5, Map.of("first", "5s"))
                .map(wrong -> arguments("retry_schedule", wrong)),
            Stream.of(
                    "",
                    "det.example",
                    "/det",
                    "ftp://det.example",
                    "https://",
                    "https:det.example",
                    "https://det example",
                    "javascript:alert(1)",
                    "https://s3cret@det.example",
                    "https://user:s3cret@det.example",
                    "https://det.example/?a=b",
                    "https://det.example/?",
                    "https://det.example/#a",
                    "https://det.example/" + "a".repeat(481),
                    8080)
                .map(wrong -> arguments("base_url", wrong)))
        .flatMap(stream -> stream);
  }

  @Test
  void aWrongStepOfTheRetryScheduleIsNamedByItsPlace() {
    for (Object wrong : List.of(5, "soon", "366d", "999999999999d")) {
      assertRefused(
          "webhooks.retry_schedule[1]", Map.of(), Map.of("retry_schedule", List.of("5s", wrong)));
    }
  }

  @Test
  void aLeaseThatCouldEndBeforeItsRequestStopsThePluginAndNamesBoth() {
    SettingsException refused =
        assertRefused(
            "webhooks.lease", Map.of(), Map.of("lease", "1999ms", "request_timeout", "1s"));
    assertTrue(refused.getMessage().contains("1999ms"), refused.getMessage());
    assertTrue(refused.getMessage().contains("webhooks.request_timeout (1s)"));
    assertEquals(
        Duration.ofSeconds(2), read(Map.of("lease", "2s", "request_timeout", "1s")).lease());
  }
}
