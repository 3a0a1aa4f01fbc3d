package org.expmaster.webhook.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.expmaster.webhook.expression.RegexReader.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexReaderTest {
  private static final int EXPRESSIONS = 20_000;
  private static final int LINES = 40;
  private static final String LETTERS = "abckKsS\u212A\u017F ]-(é";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "CUDA out of memory ; cuda out of memo",
        "(?i)Error: .* ; 'error: '",
        ".*loss=\\d+ ; loss=",
        "^\\[rank\\d\\]$ ; [rank",
        "(timeout|refused) by peer ; ' by peer'",
        "(timeout|refused) ; refused,timeout",
        "ab?c*defg+h ; defg",
        "(abc){2}d ; abc",
        "(?P<name>abc)? then ; ' then'",
        "(?:a|(?:b|cd)) ; a,b,cd",
        "x[[:alpha:]\\]]yy ; yy",
        "no{0,3}pe ; pe",
        "a\\.b\\(c ; a.b(c",
        "(?s)end\\z ; end"
      })
  void whatALineMustHoldIsRead(String regex, String pieces) {
    assertEquals(
        new TreeSet<>(Arrays.asList(pieces.split(","))),
        new TreeSet<>(RegexReader.read(regex).orElseThrow().pieces()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".*", "a?", "(a|)", "[ab]", "a*|b", "é", "\\d+", "(?:a|b?)c?"})
  void whereALineNeedHoldNothingThereIsNothing(String regex) {
    assertEquals(Set.of(), RegexReader.read(regex).orElseThrow().pieces());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\Qa.b\\E",
        "\\pL",
        "\\x41",
        "a{,3}",
        "(?=a)",
        "(?x)a",
        "a)",
        "(a",
        "[[:a]",
        "\\"
      })
  void whatItDoesNotKnowItSaysNothingOf(String regex) {
    assertEquals(Optional.empty(), RegexReader.read(regex));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a{1000} | 1001",
        "(?:a{10}){10} | 111",
        "(?:(?:a{1000}){1000}){1000} | 1001001001",
        "a{2,5}b{3,} | 10",
        "\\d{4}-\\d{2}-\\d{2} | 11"
      })
  void itsRepeatsAreWrittenOut(String regex, double size) {
    assertEquals(size, RegexReader.read(regex).orElseThrow().size());
  }

  @Test
  void whatIsNotKnownInFullIsTakenForTheLargestItCanBe() {
    assertEquals(0, RegexReader.largestSize(""));
    assertTrue(RegexReader.largestSize("\\Qx\\E((a{100}){100}){100}") > 1e6);
  }

  /**
   * A matching line must never be skipped. Tries random expressions of the supported syntax on
   * random lines of the same characters.
   */
  @Test
  void noLineThatMatchesLacksWhatIsRequired() {
    Random dice = new Random(20_260_301);
    int matches = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      String regex = (dice.nextBoolean() ? "(?i)" : "") + expression(dice, 3);
      Set<String> pieces = RegexReader.read(regex).map(Reading::pieces).orElse(Set.of());
      if (pieces.isEmpty()) {
        continue;
      }
      Pattern pattern;
      try {
        pattern = Pattern.compile(regex);
      } catch (PatternSyntaxException malformed) {
        continue;
      }
      for (int line = 0; line < LINES; line++) {
        String text = letters(dice, LETTERS, dice.nextInt(12));
        if (pattern.matcher(text).find()) {
          matches++;
          String folded = text.replace('\u212A', 'k').replace('\u017F', 's').toLowerCase();
          assertTrue(
              pieces.stream().anyMatch(folded::contains),
              () -> regex + " matches \"" + text + "\", which holds none of " + pieces);
        }
      }
    }
    assertTrue(matches > 10_000, "only " + matches + " matches: it tests nothing");
  }

  private static String expression(Random dice, int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + dice.nextInt(4); i > 0; i--) {
      text.append(part(dice, depth)).append(pick(dice, REPEATS));
      text.append(dice.nextInt(8) == 0 ? "|" : "");
    }
    return text.toString();
  }

  private static final List<String> REPEATS =
      List.of("", "", "", "", "", "?", "*", "+", "{2}", "{0,2}", "{1,}", "{0}", "+?", "??");

  private static final List<String> PARTS =
      List.of(
          "a",
          "b",
          "c",
          "k",
          "K",
          "s",
          "S",
          "ab",
          "ck",
          "é",
          " ",
          ".",
          "^",
          "$",
          "\\b",
          "\\w",
          "\\(",
          "\\]",
          "-",
          "[ab]",
          "[^k]",
          "[]a]",
          "[^]a]",
          "[[:alpha:]]",
          "[a\\]b]",
          "[\\w-]",
          "(?i)",
          "(?-i)",
          "(?s)",
          "\\Qa\\E",
          "\\x61",
          "\\z");

  private static String part(Random dice, int depth) {
    if (depth > 0 && dice.nextInt(4) == 0) {
      return pick(dice, List.of("(", "(?:", "(?i:", "(?P<n" + dice.nextInt(1_000_000) + ">"))
          + expression(dice, depth - 1)
          + ")";
    }
    return pick(dice, PARTS);
  }

  private static String pick(Random dice, List<String> from) {
    return from.get(dice.nextInt(from.size()));
  }

  private static String letters(Random dice, String from, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(from.charAt(dice.nextInt(from.length())));
    }
    return text.toString();
  }
}
