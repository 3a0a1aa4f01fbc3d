package org.expmaster.webhook.expression;

import com.google.re2j.CountedProgram;
import com.google.re2j.CountedSearch;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.Set;
import org.expmaster.webhook.expression.RegexReader.Reading;

/**
 * A compiled regular expression for lines of logs. Whatever is written in it, a search takes no
 * more than {@link #stepsPerLetter()} for each letter of the line, since there are no
 * back-references and no look-around, and stops when it has taken what it may. Any thread may use
 * it.
 */
public final class LogRegex {
  /**
   * How many steps a search for a new expression may take for each letter: with more, not even a
   * line of a thousand letters could be searched to its end.
   */
  public static final int MAX_STEPS_PER_LETTER = 2_000;

  /** What is compiled at all: beyond that it would fill the memory. */
  private static final int MAX_SIZE = 2_000;

  private final CountedProgram program;
  private final Set<String> required;

  private LogRegex(CountedProgram program, Set<String> required) {
    this.program = program;
    this.required = required;
  }

  /** How a search can end. */
  public enum Ending {
    FOUND,
    NOT_FOUND,
    /** It had taken all the steps it might before the end of the line. */
    CUT_SHORT
  }

  /**
   * What came of a search.
   *
   * @param steps how many it took
   */
  public record Search(Ending ending, long steps) {}

  /**
   * Compiles it.
   *
   * @throws IllegalArgumentException if it cannot be; its message goes on from the name of what was
   *     compiled: "has more than …"
   */
  public static LogRegex compile(String regex) {
    try {
      Optional<Reading> reading = RegexReader.read(regex);
      // before it is compiled: RE2/J writes repeats of repeats out until no memory is left
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
   * Whether it matches anywhere in the text.
   *
   * @param mostSteps after how many steps the search stops; it may take those of one letter more
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

  /** Whether it matches anywhere in the text, whatever it costs. */
  public boolean find(String text) {
    return find(text, Long.MAX_VALUE).ending() == Ending.FOUND;
  }

  /** How many steps a search takes at most for each letter of the line. */
  public long stepsPerLetter() {
    return program.stepsPerLetter();
  }

  /**
   * Lower-case texts of which every matching line contains at least one, in any case; empty if
   * there are none.
   */
  public Set<String> required() {
    return required;
  }
}
