package com.google.re2j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.CountedSearch.Ending;
import com.google.re2j.CountedSearch.Result;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountedSearchTest {
  private static final int EXPRESSIONS = 5_000;
  private static final int LINES = 20;
  private static final String LETTERS = "abckKsS\u212A\u017F ]-(é\n_0🎉";

  /** Finds the same matches as RE2/J's own search, which does not count. */
  @Test
  void itFindsExactlyWhatTheLibraryFindsAndCountsNoMoreThanItSays() {
    Random dice = new Random(20_260_301);
    int matches = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      String regex = flags(dice) + expression(dice, 3);
      Pattern pattern;
      try {
        pattern = Pattern.compile(regex);
      } catch (PatternSyntaxException malformed) {
        continue;
      }
      CountedProgram program = CountedProgram.compile(regex);
      for (int line = 0; line < LINES; line++) {
        String text = letters(dice, dice.nextInt(14));
        Result found = CountedSearch.find(program, text, Long.MAX_VALUE);
        boolean expected = pattern.matcher(text).find();
        if (expected != (found.ending() == Ending.FOUND)) {
          // RE2/J's cached state sometimes yields a wrong answer; a newly compiled pattern is right
          expected = Pattern.compile(regex).matcher(text).find();
        }
        matches += expected ? 1 : 0;
        assertEquals(
            expected ? Ending.FOUND : Ending.NOT_FOUND,
            found.ending(),
            () -> regex + " in \"" + text + "\"");
        long most = program.stepsPerLetter() * (text.codePointCount(0, text.length()) + 1);
        assertTrue(found.steps() <= most, () -> regex + " in \"" + text + "\": " + found);
      }
    }
    assertTrue(matches > 5_000, "only " + matches + " matches: it tests nothing");
  }

  @Test
  void aSearchThatIsCutShortTakesNoMoreThanItMayAndWhatOneLetterCosts() {
    Random dice = new Random(20_260_302);
    int cut = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      CountedProgram program;
      try {
        program = CountedProgram.compile(flags(dice) + expression(dice, 3));
      } catch (PatternSyntaxException malformed) {
        continue;
      }
      String text = letters(dice, 40);
      long most = dice.nextInt(200);
      Result found = CountedSearch.find(program, text, most);
      Result whole = CountedSearch.find(program, text, Long.MAX_VALUE);
      assertTrue(found.steps() <= most + program.stepsPerLetter() + 1, found::toString);
      cut += found.ending() == Ending.CUT_SHORT ? 1 : 0;
      if (found.ending() != Ending.CUT_SHORT) {
        assertEquals(whole, found);
      }
    }
    assertTrue(cut > 500, "only " + cut + " were cut short: it tests nothing");
  }

  @Test
  void whereASearchIsCutShortIsNotTakenForTheEndOfTheText() {
    CountedProgram program = CountedProgram.compile("a$");
    assertEquals(Ending.CUT_SHORT, CountedSearch.find(program, "a".repeat(50), 20).ending());
    assertEquals(Ending.FOUND, CountedSearch.find(program, "a".repeat(50), 1_000).ending());
  }

  @ParameterizedTest
  @CsvSource({"error,x,30", "(?i)cuda (error|fault),x,60", "\\d+%,é,30", "^error,e,60"})
  void lettersThatNoMatchCanBeginWithCostNextToNothing(String regex, String letter, long most) {
    Result found =
        CountedSearch.find(CountedProgram.compile(regex), letter.repeat(100), Long.MAX_VALUE);
    assertTrue(found.steps() <= most, found.toString());
  }

  /** RE2/J's own search recurses once for each of these parts and needs a stack as deep. */
  @ParameterizedTest
  @ValueSource(strings = {"(?:a?){1000}b", "(?:(?:a*)?){900}b", "(?:a{0,30}){0,30}b"})
  void nothingIsTooDeep(String regex) throws InterruptedException {
    Ending[] ending = new Ending[1];
    CountedProgram program = CountedProgram.compile(regex);
    Thread small =
        new Thread(
            null,
            () -> ending[0] = CountedSearch.find(program, "aaa", Long.MAX_VALUE).ending(),
            "small stack",
            64 * 1024);
    small.start();
    small.join();
    assertEquals(Ending.NOT_FOUND, ending[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)\u1C80",
        "(?i)\\x{1c80}",
        "(?i)[\\x{80}-\\x{10FFFF}]",
        "(?i)[--\\x{2000}]",
        "a(?s-i:(?i)[b-\uFF5E])",
        "(?i)[A-\u1C7FB-\u1C7FC-\u1C7FD-\u1C7FE-\u1C7FF-\u1C7FG-\u1C7FH-\u1C7FI-\u1C7FJ-\u1C7FK-\u1C7F]"
      })
  void whatWouldBeCompiledForLongOrForEverIsRefused(String regex) {
    assertThrows(PatternSyntaxException.class, () -> CountedProgram.compile(regex));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)[a-z\u0430-\u044F]+",
        "[\\x{80}-\\x{10FFFF}]",
        "(?i)a-z \\pL",
        "\u1C80",
        "(?i)[^a-z\\d]--"
      })
  void whatPeopleWriteIsNot(String regex) {
    CountedProgram.compile(regex);
  }

  private static String flags(Random dice) {
    return List.of("", "", "", "(?i)", "(?s)", "(?m)", "(?ims)").get(dice.nextInt(7));
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
      List.of("", "", "", "", "?", "*", "+", "{2}", "{0,2}", "{1,}", "{0}", "+?", "??", "{3,7}");

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
          "\\B",
          "\\A",
          "\\z",
          "\\d",
          "\\w",
          "\\W",
          "\\s",
          "[a-c]",
          "[^a-c]",
          "[k-s]",
          "[^\\x00-\\x7F]",
          "\\pL",
          "\\PL",
          "\\p{Greek}",
          "[[:alpha:]]",
          "(|a)*",
          "\\n",
          "🎉",
          "[é-ö]",
          "(?i:k)",
          "(?-s:.)",
          "\\C*");

  private static String part(Random dice, int depth) {
    return depth > 0 && dice.nextInt(3) == 0
        ? pick(dice, List.of("(", "(?:", "(?i:", "(?P<n>")) + expression(dice, depth - 1) + ")"
        : pick(dice, PARTS);
  }

  private static String letters(Random dice, int count) {
    int[] points = LETTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.appendCodePoint(points[dice.nextInt(points.length)]);
    }
    // a log can also contain half of a surrogate pair
    return dice.nextInt(10) == 0 ? text.append('\uD83C').toString() : text.toString();
  }

  private static String pick(Random dice, List<String> from) {
    return from.get(dice.nextInt(from.size()));
  }
}
