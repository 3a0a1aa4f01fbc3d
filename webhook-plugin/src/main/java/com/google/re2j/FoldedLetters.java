package com.google.re2j;

import java.util.BitSet;
import java.util.regex.Matcher;

/**
 * Rejects expressions that RE2/J would compile for very long, or forever. In case-insensitive
 * expressions, RE2/J handles each character of a range by itself and follows the cycle of its case
 * variants until it is back at the first. On a Java version whose Unicode is newer than RE2/J's, it
 * never gets back to a few characters.
 */
final class FoldedLetters {
  /** The maximum number of characters handled: slightly more than Unicode has with case. */
  private static final int MOST = 70_000;

  private static final java.util.regex.Pattern ANY_CASE =
      java.util.regex.Pattern.compile("\\(\\?[imsU-]*i");
  private static final java.util.regex.Pattern LETTER =
      java.util.regex.Pattern.compile(
          "\\\\x\\{([0-9A-Fa-f]{1,8})\\}|\\\\x([0-9A-Fa-f]{2})|\\\\?(.)",
          java.util.regex.Pattern.DOTALL);

  /** Characters whose case variants never lead back to them. */
  private static final BitSet ENDLESS = endless();

  private FoldedLetters() {}

  /**
   * Checks an expression; a few other parts of it count as characters or ranges, too.
   *
   * @throws PatternSyntaxException naming the rejected part
   */
  static void require(String regex) {
    if (!ANY_CASE.matcher(regex).find()) {
      return;
    }
    long looked = 0;
    int before = 0;
    boolean range = false;
    int first = 0;
    Matcher letters = LETTER.matcher(regex);
    while (letters.find()) {
      int letter = value(letters);
      int from = range ? Math.min(first, letter) : letter;
      int to = Math.min(letter, Unicode.MAX_FOLD);
      looked += Math.max(0, to - Math.max(from, Unicode.MIN_FOLD));
      int endless = ENDLESS.nextSetBit(from);
      if (looked > MOST || (endless >= 0 && endless <= to)) {
        throw new PatternSyntaxException(
            "these letters are too many where case does not count",
            regex.substring(0, letters.end()));
      }
      range = letters.group().equals("-");
      first = before;
      before = letter;
    }
  }

  private static int value(Matcher letter) {
    if (letter.group(3) != null) {
      return letter.group(3).codePointAt(0);
    }
    String hexadecimal = letter.group(1) != null ? letter.group(1) : letter.group(2);
    return (int) Math.min(Unicode.MAX_RUNE, Long.parseLong(hexadecimal, 16));
  }

  private static BitSet endless() {
    BitSet endless = new BitSet();
    for (int letter = Unicode.MIN_FOLD; letter <= Unicode.MAX_FOLD; letter++) {
      int other = Unicode.simpleFold(letter);
      for (int i = 0; other != letter && i < 16; i++) {
        other = Unicode.simpleFold(other);
      }
      endless.set(letter, other != letter);
    }
    return endless;
  }
}
