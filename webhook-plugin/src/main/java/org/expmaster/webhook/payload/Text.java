package org.expmaster.webhook.payload;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes users' text fit into a message. */
final class Text {
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");
  private static final Pattern LINE_ENDS =
      Pattern.compile("\\r\\n?|[\\x{b}\\f\\u0085\\u2028\\u2029]");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

  /** What readers see as one character: a letter with its accents, or a family emoji. */
  private static final Pattern CHARACTER = Pattern.compile("\\X");

  /** A unit of escaped text: an entity, a tag, a backslash escape, or one character. */
  private static final Pattern ESCAPED = Pattern.compile("&[a-z]+;|<[^<>\\s]+>|\\\\.|\\X");

  private static final String ELLIPSIS = "…";

  private Text() {}

  /** Returns text on one line, for values that contain line breaks only out of malice. */
  static String line(String text) {
    return BREAKS.matcher(text).replaceAll(" ").strip();
  }

  /** Returns text with its line breaks, as {@code \n}, and no other control characters but tabs. */
  static String lines(String text) {
    return CONTROLS.matcher(LINE_ENDS.matcher(text).replaceAll("\n")).replaceAll(" ");
  }

  /** Returns text for a code block, which the text cannot end. */
  static String code(String text) {
    return lines(text).replace("```", "`\u200b`\u200b`");
  }

  /**
   * Escapes a text and cuts it to a limit, never within an escape or a character as readers see it.
   *
   * @param limit maximum length of the result in UTF-16 units, positive; no vendor counts more
   * @param escape escapes each character independently of the others
   */
  static String cut(int limit, String text, UnaryOperator<String> escape) {
    return cut(limit, text, CHARACTER, escape);
  }

  /** Cuts a text that is already escaped. */
  static String cutEscaped(int limit, String text) {
    return cut(limit, text, ESCAPED, UnaryOperator.identity());
  }

  private static String cut(int limit, String text, Pattern unit, UnaryOperator<String> escape) {
    // a longer text is too long even unescaped; it may be very long, so it is not escaped whole
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
