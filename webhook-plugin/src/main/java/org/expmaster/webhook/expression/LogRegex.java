package org.expmaster.webhook.expression;

import com.google.re2j.CountedProgram;
import com.google.re2j.CountedSearch;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.Set;
import org.expmaster.webhook.expression.RegexReader.Reading;

/**
 * A compiled regular expression for log lines. RE2 has no back-references and no look-around, so a
 * search takes at most {@link #stepsPerLetter()} steps per character of the line, whatever the
 * expression. It stops at a given step limit. Thread-safe.
 */
public final class LogRegex {
  /**
   * The maximum number of steps per character for a new expression: with more, not even a line of a
   * thousand characters could be searched to its end.
   */
  public static final int MAX_STEPS_PER_LETTER = 2_000;

  /** The maximum size of an expression; compiling a larger one could fill the memory. */
  private static final int MAX_SIZE = 2_000;

  private final CountedProgram program;
  private final Set<String> required;

  private LogRegex(CountedProgram program, Set<String> required) {
    this.program = program;
    this.required = required;
  }

  /** How a search ended. */
  public enum Ending {
    FOUND,
    NOT_FOUND,
    /** The search reached its step limit before the end of the line. */
    CUT_SHORT
  }

  /**
   * The result of a search.
   *
   * @param steps the number of steps taken
   */
  public record Search(Ending ending, long steps) {}

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException if it is not acceptable; the message continues a sentence that
   *     begins with the expression's name: "has more than …"
   */
  public static LogRegex compile(String regex) {
    try {
      Optional<Reading> reading = RegexReader.read(regex);
      // check the size first: RE2/J expands nested repeats until it runs out of memory
      if (reading.map(Reading::size).orElseGet(() -> RegexReader.largestSize(regex)) > MAX_SIZE) {
        throw new IllegalArgumentException(
            "has more than " + MAX_SIZE + " parts with its repeats written out");
      }
      return new LogRegex(
          CountedProgram.compile(regex), reading.map(Reading::pieces).orElse(Set.of()));
    } catch (PatternSyntaxException malformed) {
      throw new IllegalArgumentException(describe(malformed), malformed);
    } catch (StackOverflowError nested) {
      throw new IllegalArgumentException("is nested too deeply", nested);
    }
  }

  private static String describe(PatternSyntaxException malformed) {
    String where = malformed.getPattern().isEmpty() ? "" : " at \"" + malformed.getPattern() + "\"";
    return "is not a regular expression of RE2, which has no back-references and no look-around: "
        + malformed.getDescription()
        + where;
  }

  /**
   * Searches the text for a match at any position.
   *
   * @param mostSteps the step limit; a search may exceed it by the cost of one character
   */
  public Search find(String text, long mostSteps) {
    CountedSearch.Result result = CountedSearch.find(program, text, mostSteps);
    return new Search(
        switch (result.ending()) {
          case FOUND -> Ending.FOUND;
          case NOT_FOUND -> Ending.NOT_FOUND;
          case CUT_SHORT -> Ending.CUT_SHORT;
        },
        result.steps());
  }

  /** Returns whether the text contains a match; has no step limit. */
  public boolean find(String text) {
    return find(text, Long.MAX_VALUE).ending() == Ending.FOUND;
  }

  /** Returns the maximum number of steps that a search takes per character of the line. */
  public long stepsPerLetter() {
    return program.stepsPerLetter();
  }

  /**
   * Returns lower-case strings of which every matching line contains at least one, in any case;
   * empty if there are none.
   */
  public Set<String> required() {
    return required;
  }
}
