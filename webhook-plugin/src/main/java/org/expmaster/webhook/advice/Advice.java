package org.expmaster.webhook.advice;

/**
 * What a failure means, and what to do about it, each in whole sentences. Never contains text that
 * a receiver sent.
 */
public record Advice(String meaning, String remedy) {
  public Advice {
    requireSentences(meaning);
    requireSentences(remedy);
  }

  private static void requireSentences(String text) {
    if (!text.endsWith(".") || text.length() < 10) {
      throw new IllegalArgumentException("not a sentence: " + text);
    }
  }

  /** Returns all of it as one text. */
  public String text() {
    return meaning + " " + remedy;
  }
}
