package org.expmaster.webhook.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRegexTest {
  @Test
  void itMatchesAnywhereInTheText() {
    LogRegex regex = LogRegex.compile("(?i)cuda (error|fault) \\d+");
    assertTrue(regex.find("rank 0: CUDA Error 700, aborting"));
    assertFalse(regex.find("cuda error none"));
    assertEquals(Set.of("cuda "), regex.required());
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a)\\1", "(?=a)b", "(?!a)b", "(?<=a)b", "(", "*", "[z-a]", "a{2}{3}"})
  void whatRe2DoesNotHaveIsRefusedWithAReason(String regex) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> LogRegex.compile(regex));
    assertTrue(
        refused.getMessage().startsWith("is not a regular expression of RE2, which has no "),
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((x{1000}){1000}){1000}",
        "\\Q\\E((x{1000}){1000}){1000}",
        "((x{1,1000}){0,1000}){500,}",
        "(?:\\pL{999}){999}",
        "a{1001}"
      })
  void aFewLettersThatWouldFillTheMemoryAreRefusedBeforeTheyDo(String regex) {
    assertThrows(IllegalArgumentException.class, () -> LogRegex.compile(regex));
  }

  @Test
  void whatIsOnlyTooLargeIsNotCalledSomethingElse() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> LogRegex.compile("\\pL{0,900}\\d"));
    assertEquals("has more than 2000 parts with its repeats written out", refused.getMessage());
  }

  @Test
  void nestingBeyondTheStackIsRefusedToo() {
    String nested = "(".repeat(400) + "a" + ")".repeat(400);
    assertTrue(LogRegex.compile(nested).find("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(a*)*b", "(.*a){20}$", "(?:a?){100}a{100}b"})
  void noExpressionTakesMoreThanTimeInProportionToTheLine(String regex) {
    LogRegex compiled = LogRegex.compile(regex);
    String line = "a".repeat(30_000) + "!";
    // a backtracking search would practically never end
    assertFalse(
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> compiled.find(line)), regex);
  }
}
