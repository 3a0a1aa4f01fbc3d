package org.expmaster.webhook.event;

/** Limits how much of a user's text an event carries. */
public final class Excerpt {
  private static final String ELLIPSIS = "…";

  private Excerpt() {}

  /**
   * Returns a text that fits, or else its beginning with an ellipsis, never half a surrogate pair.
   *
   * @param most the maximum length of the result in UTF-16 units, at least 2
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - ELLIPSIS.length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + ELLIPSIS;
  }
}
