package org.expmaster.webhook.payload;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A chat's words: what it reads, what it escapes, and what it takes at most. */
interface ChatFormat {

  ObjectNode message(Message message);

  /**
   * A message in someone's own wording, in the chat's markup.
   *
   * @param template as it was written, from which mentions are taken
   * @param text the same with its values in place; these are escaped
   */
  ObjectNode worded(String template, String text);

  /** A message that says {@code test}. */
  ObjectNode test();

  /** Takes from each character the meaning that the chat's markup gives it. */
  String escape(String text);
}
