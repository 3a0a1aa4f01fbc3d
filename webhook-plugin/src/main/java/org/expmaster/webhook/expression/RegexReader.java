package org.expmaster.webhook.expression;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Analyzes a regular expression without compiling it. Finds strings that a line must contain to
 * match, so that most lines need not be searched at all, and the size that the expression has once
 * its repeats are expanded, as RE2 does.
 *
 * <p>It supports only syntax that it understands with certainty, and returns nothing for an
 * expression with any other syntax.
 */
final class RegexReader {
  private static final int MAX_PIECES = 16;
  private static final int MAX_LENGTH = 16;
  private static final Pattern REPEAT = Pattern.compile("\\{(\\d{1,9})(?:(,)(\\d{0,9}))?\\}");
  private static final Pattern GROUP =
      Pattern.compile("\\((?:\\?(?:[imsU-]*:|P?<[A-Za-z0-9_]+>))?(?!\\?)");
  private static final Pattern FLAGS = Pattern.compile("\\(\\?[imsU-]+\\)");

  /** Greater means likely to be rarer: longer strings first, then fewer of them. */
  private static final Comparator<Set<String>> BETTER =
      Comparator.<Set<String>>comparingInt(
              set -> set.stream().mapToInt(String::length).min().orElse(0))
          .thenComparing(Comparator.<Set<String>>comparingInt(Set::size).reversed());

  private final String regex;
  private int at;

  private RegexReader(String regex) {
    this.regex = regex;
  }

  /**
   * The properties of an expression, or of a part of one.
   *
   * @param pieces lower-case strings of which a matching line contains at least one, in any case;
   *     empty if it need not contain any
   * @param size the number of parts, with repeats expanded
   */
  record Reading(Set<String> pieces, double size) {}

  /** Reads an expression, which need not compile; empty if its syntax is not supported in full. */
  static Optional<Reading> read(String regex) {
    RegexReader reader = new RegexReader(regex);
    try {
      Reading reading = reader.alternatives();
      return reader.at < regex.length() ? Optional.empty() : Optional.of(reading);
    } catch (Unknown unknown) {
      return Optional.empty();
    }
  }

  /** Returns an upper bound on the size of an expression that {@link #read} does not support. */
  static double largestSize(String regex) {
    double size = regex.length();
    Matcher repeats = REPEAT.matcher(regex);
    while (repeats.find()) {
      size *= most(repeats);
    }
    return size;
  }

  private static double most(Matcher repeat) {
    String most = repeat.group(3) == null ? "" : repeat.group(3);
    double least = Double.parseDouble(repeat.group(1)) + (repeat.group(2) == null ? 0 : 1);
    return Math.max(1, most.isEmpty() ? least : Double.parseDouble(most));
  }

  private static final class Unknown extends Exception {
    private static final long serialVersionUID = 1;
  }

  /** Reads alternatives. Their pieces are those of all branches; none if a branch has none. */
  private Reading alternatives() throws Unknown {
    Set<String> all = new HashSet<>();
    boolean sure = true;
    double size = 0;
    do {
      Reading branch = sequence();
      sure &= !branch.pieces().isEmpty();
      all.addAll(branch.pieces());
      size += branch.size() + 1;
    } while (take('|'));
    return new Reading(sure && all.size() <= MAX_PIECES ? all : Set.of(), size);
  }

  /** Reads a sequence of parts. Its pieces are the best ones that one of its parts requires. */
  private Reading sequence() throws Unknown {
    Set<String> best = Set.of();
    StringBuilder run = new StringBuilder();
    double size = 0;
    while (at < regex.length() && peek() != '|' && peek() != ')') {
      if (skip(FLAGS)) {
        continue;
      }
      boolean group = peek() == '(';
      Reading part = group ? group() : new Reading(Set.of(), 1);
      int letter = group ? -1 : letter();
      Times times = times();
      size += part.size() * times.most();
      if (letter >= 0 && !times.mayBeNone()) {
        run.append((char) letter);
      }
      if (letter < 0 || !times.once()) {
        best = better(best, piece(run));
        run.setLength(0);
      }
      if (!times.mayBeNone()) {
        best = better(best, part.pieces());
      }
    }
    return new Reading(better(best, piece(run)), size);
  }

  private Reading group() throws Unknown {
    if (!skip(GROUP)) {
      throw new Unknown();
    }
    Reading inside = alternatives();
    if (!take(')')) {
      throw new Unknown();
    }
    return inside;
  }

  /** Reads anything but a group; returns a character that only matches itself, or else -1. */
  private int letter() throws Unknown {
    char read = regex.charAt(at++);
    switch (read) {
      case '\\':
        return escaped();
      case '[':
        skipClass();
        return -1;
      case '.', '^', '$':
        return -1;
      case '*', '+', '?', '{':
        throw new Unknown();
      default:
        return read >= ' ' && read < 127 ? read : -1;
    }
  }

  private int escaped() throws Unknown {
    char read = at < regex.length() ? regex.charAt(at++) : 0;
    if ("dDsSwWbBAztnrfva".indexOf(read) >= 0) {
      return -1;
    }
    if (read <= ' ' || read >= 127 || Character.isLetterOrDigit(read)) {
      throw new Unknown();
    }
    return read;
  }

  private void skipClass() throws Unknown {
    take('^');
    take(']');
    while (!take(']')) {
      if (at + 1 >= regex.length()) {
        throw new Unknown();
      }
      if (regex.startsWith("[:", at)) {
        int end = regex.indexOf(":]", at);
        if (end < 0) {
          throw new Unknown();
        }
        at = end + 2;
      } else if (take('\\')) {
        // an escaped letter stands for a class of characters, an escaped sign for itself
        if (Character.isLetterOrDigit(peek()) && "dDsSwWpPx".indexOf(peek()) < 0) {
          throw new Unknown();
        }
        at++;
      } else {
        at++;
      }
    }
  }

  /** How often a part is repeated. */
  private record Times(boolean once, boolean mayBeNone, double most) {}

  private Times times() throws Unknown {
    Times times = new Times(true, false, 1);
    if (take('*') || take('?')) {
      times = new Times(false, true, 2);
    } else if (take('+')) {
      times = new Times(false, false, 2);
    } else if (at < regex.length() && peek() == '{') {
      Matcher repeat = REPEAT.matcher(regex).region(at, regex.length());
      if (!repeat.lookingAt()) {
        throw new Unknown();
      }
      at = repeat.end();
      times = new Times(false, Double.parseDouble(repeat.group(1)) == 0, most(repeat));
    }
    if (!times.once()) {
      take('?');
    }
    return times;
  }

  private boolean skip(Pattern what) {
    Matcher matcher = what.matcher(regex).region(at, regex.length());
    boolean found = matcher.lookingAt();
    at = found ? matcher.end() : at;
    return found;
  }

  private char peek() {
    return regex.charAt(at);
  }

  private boolean take(char wanted) {
    boolean found = at < regex.length() && peek() == wanted;
    at += found ? 1 : 0;
    return found;
  }

  private static Set<String> piece(StringBuilder run) {
    return run.length() == 0
        ? Set.of()
        : Set.of(run.substring(0, Math.min(MAX_LENGTH, run.length())).toLowerCase(Locale.ROOT));
  }

  private static Set<String> better(Set<String> one, Set<String> other) {
    return BETTER.compare(other, one) > 0 ? other : one;
  }
}
