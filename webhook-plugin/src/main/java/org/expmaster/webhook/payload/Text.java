package org.expmaster.webhook.payload;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes what people wrote fit into a message. */
final class Text {
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");
  private static final Pattern LINE_ENDS =
      Pattern.compile("\\r\\n?|[\\x{b}\\f\\u0085\\u2028\\u2029]");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

  /** What readers see as one character, such as a letter with its accents, or a family. */
  private static final Pattern CHARACTER = Pattern.compile("\\X");

  /** The same, but for what belongs together in a text that is escaped already. */
  private static final Pattern ESCAPED = Pattern.compile("&[a-z]+;|<[^<>\\s]+>|\\\\.|\\X");

  private static final String ELLIPSIS = "…";

  private Text() {}

  /** On one line, for what has no line breaks unless someone means mischief. */
  static String line(String text) {
    return BREAKS.matcher(text).replaceAll(" ").strip();
  }

  /** With the line breaks it has, and no other control characters. */
  static String lines(String text) {
    return CONTROLS.matcher(LINE_ENDS.matcher(text).replaceAll("\n")).replaceAll(" ");
  }

  /** For a block of code, which only the block's end ends. */
  static String code(String text) {
    return lines(text).replace("```", "`\u200b`\u200b`");
  }

  /**
   * Escapes a text and cuts it to a limit, never in the middle of an escape or of what is one
   * character to its readers.
   *
   * @param limit how many UTF-16 units the outcome may have, positive; no vendor counts more
   * @param escape escapes each character by itself
   */
  static String cut(int limit, String text, UnaryOperator<String> escape) {
    return cut(limit, text, CHARACTER, escape);
  }

  /** The same for a text that is escaped already. */
  static String cutEscaped(int limit, String text) {
    return cut(limit, text, ESCAPED, UnaryOperator.identity());
  }

  private static String cut(int limit, String text, Pattern unit, UnaryOperator<String> escape) {
    // what is longer needs no escaping to be too long, and may be very long
    String whole = text.length() > limit ? "" : escape.apply(text);
    if (text.length() <= limit && whole.length() <= limit) {
      return whole;
    }
    StringBuilder cut = new StringBuilder();
    Matcher next = unit.matcher(text);
    while (next.find()) {
      String piece = escape.apply(next.group());
      if (cut.length() + piece.length() > limit - ELLIPSIS.length()) {
        break;
      }
      cut.append(piece);
    }
    return cut.append(ELLIPSIS).toString();
  }
}
