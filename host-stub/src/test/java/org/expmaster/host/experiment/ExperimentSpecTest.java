package org.expmaster.host.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.expmaster.host.config.Jobs;
import org.expmaster.plugin.http.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExperimentSpecTest {

  @ParameterizedTest
  @CsvSource({
    "exit 0, 0, 0",
    "exit 255, 0, 255",
    "'  exit   3 ', 0, 3",
    "sleep 2 && exit 1, 2000, 1",
    "sleep 0.25&&exit 0, 250, 0",
    "sleep .5 && exit 0, 500, 0",
  })
  void anEntrypointIsAWhileAndACode(String text, long millis, int code) {
    assertEquals(new Entrypoint(Duration.ofMillis(millis), code), Entrypoint.of(text));
    assertEquals(
        new Entrypoint(Duration.ofMillis(millis), code),
        Entrypoint.of(List.of(text.trim().split(" +"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "exit",
        "exit -1",
        "exit 256",
        "exit 0; rm -rf /",
        "sleep 1",
        "python3 train.py",
        "sleep -1 && exit 0",
        "sleep 9999999 && exit 0",
        "exit 0 && exit 1",
        "exit $(id)"
      })
  void anythingElseIsRefusedAndNothingIsRun(String text) {
    ApiException failure = assertThrows(ApiException.class, () -> Entrypoint.of(text));
    assertTrue(failure.getMessage().startsWith("config.entrypoint must be `exit CODE`"));
  }

  @Test
  void everyDefault() {
    ExperimentSpec spec = ExperimentSpec.of("", Jobs.SIMULATED);
    assertEquals("unnamed experiment", spec.name());
    assertEquals("default", spec.resourcePool());
    assertEquals(1, spec.slots());
    assertEquals(Optional.empty(), spec.workspace());
    assertEquals(Optional.empty(), spec.project());
    assertEquals(
        Optional.of(new Entrypoint(Duration.ZERO, 0)),
        Entrypoint.toSimulate(spec.config(), Jobs.SIMULATED));
  }

  @Test
  void anyEntrypointIsTakenWhereOthersRunTheJobs() {
    ExperimentSpec spec = ExperimentSpec.of("entrypoint: python3 train.py", Jobs.EXTERNAL);
    assertEquals(Optional.empty(), Entrypoint.toSimulate(spec.config(), Jobs.EXTERNAL));
    assertThrows(ApiException.class, () -> ExperimentSpec.of(spec.text(), Jobs.SIMULATED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "name: [1] | config.name ",
        "resources: {slots_per_trial: -1} | config.resources.slots_per_trial is -1, and must be 0 to",
        "resources: {slots_per_trial: x} | config.resources.slots_per_trial ",
        "resources: 1 | config.resources ",
        "a: [ | config: line 1: expected the node content, but found '<stream end>'",
        "name: \"\\0\" | config must not hold the character NUL",
      })
  void whatIsWrongIsNamed(String yaml, String problem) {
    ApiException failure =
        assertThrows(ApiException.class, () -> ExperimentSpec.of(yaml, Jobs.SIMULATED));
    assertTrue(failure.getMessage().startsWith(problem), failure.getMessage());
  }
}
