package org.expmaster.webhook.registry;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.Set;
import org.expmaster.webhook.registry.RegexReader.Reading;

/**
 * A compiled regular expression for lines of logs. Whatever is written in it, a search takes time
 * in proportion to the line: there are no back-references and no look-around. Any thread may use
 * it.
 */
public final class LogRegex {
  /** A search may take as many steps as this for each letter. */
  private static final int MAX_SIZE = 2_000;

  private final Pattern pattern;
  private final Set<String> required;

  private LogRegex(Pattern pattern, Set<String> required) {
    this.pattern = pattern;
    this.required = required;
  }

  /**
   * Compiles it.
   *
   * @throws IllegalArgumentException saying what is wrong, if it cannot be
   */
  public static LogRegex compile(String regex) {
    try {
      Optional<Reading> reading = RegexReader.read(regex);
      // before it is compiled: RE2/J writes repeats of repeats out until no memory is left
      if (reading.map(Reading::size).orElseGet(() -> RegexReader.largestSize(regex)) > MAX_SIZE) {
        throw tooLarge();
      }
      Pattern pattern = Pattern.compile(regex);
      if (pattern.programSize() > 4 * MAX_SIZE) {
        throw tooLarge();
      }
      return new LogRegex(pattern, reading.map(Reading::pieces).orElse(Set.of()));
    } catch (PatternSyntaxException malformed) {
      throw new IllegalArgumentException(describe(malformed), malformed);
    } catch (StackOverflowError nested) {
      throw new IllegalArgumentException("it is nested too deeply", nested);
    }
  }

  private static IllegalArgumentException tooLarge() {
    return new IllegalArgumentException(
        "with its repeats written out it has more than " + MAX_SIZE + " parts");
  }

  private static String describe(PatternSyntaxException malformed) {
    String where = malformed.getPattern().isEmpty() ? "" : " at \"" + malformed.getPattern() + "\"";
    return malformed.getDescription() + where;
  }

  /** Whether it matches anywhere in the text. */
  public boolean find(String text) {
    return pattern.matcher(text).find();
  }

  /**
   * Pieces of text, in lower case, of which a line that it matches holds at least one in whatever
   * case; empty, if there are none to be named.
   */
  public Set<String> required() {
    return required;
  }
}
