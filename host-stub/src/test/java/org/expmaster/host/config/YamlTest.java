package org.expmaster.host.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class YamlTest {

  @Test
  void valuesAreThoseOfYaml12() {
    Map<String, Object> tree =
        Yaml.mapping(
            "{a: 1, b: 1.5, c: true, d: no, e: null, f: [x, {g: 0o7}], 3: 99999999999999999999}");
    assertEquals(1, tree.get("a"));
    assertEquals(1.5, tree.get("b"));
    assertEquals(true, tree.get("c"));
    assertEquals("no", tree.get("d"));
    assertTrue(tree.containsKey("e") && tree.get("e") == null);
    assertEquals(Arrays.asList("x", Map.of("g", 7)), tree.get("f"));
    assertEquals(new BigInteger("99999999999999999999"), tree.get("3"));
    assertEquals(Map.of(), Yaml.mapping("# nothing\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [1 | line 1: expected ',' or ']', but got <stream end>",
        "a: 1\\nb: x: y | line 2: mapping values are not allowed here",
        "a: 1\\na: 2 | line 2: found duplicate key a",
        "- 1 | line 1: must be a mapping of names to values",
        "just text | line 1: must be a mapping of names to values",
      })
  void whatIsWrongIsSaidWithItsLine(String text, String problem) {
    String yaml = text.replace("\\n", "\n");
    ConfigException failure = assertThrows(ConfigException.class, () -> Yaml.mapping(yaml));
    assertEquals(problem, failure.getMessage());
  }

  @Test
  void anErrorQuotesNothingFromTheLinesAround() {
    ConfigException failure =
        assertThrows(ConfigException.class, () -> Yaml.mapping("password: hunter2\nb: x: y\n"));
    assertFalse(failure.getMessage().contains("hunter2"), failure.getMessage());
  }

  @Test
  void aShortTextThatMeansAnEndlessOrAHugeTreeIsRefused() {
    assertThrows(ConfigException.class, () -> Yaml.mapping("a: &a [*a]"));
    assertThrows(ConfigException.class, () -> Yaml.mapping("a: &a {b: *a}"));
    assertThrows(ConfigException.class, () -> Yaml.mapping("a: " + "[".repeat(10_000)));
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i <= 7; i++) {
      List<String> aliases = java.util.Collections.nCopies(7, "*a" + (i - 1));
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(",", aliases)));
    }
    ConfigException failure =
        assertThrows(ConfigException.class, () -> Yaml.mapping(bomb.toString()));
    assertTrue(failure.getMessage().contains("more than"), failure.getMessage());
  }
}
