package org.expmaster.webhook.payload;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The message format of a chat service: its JSON, its escaping and its limits. */
interface ChatFormat {

  ObjectNode message(Message message);

  /**
   * Returns a message in a user's own wording, in the chat's markup.
   *
   * @param template the template as written, the only source of mentions
   * @param text the filled-in template, whose values are escaped
   */
  ObjectNode worded(String template, String text);

  /** Returns a message that says {@code test}. */
  ObjectNode test();

  /** Returns what the service is known to answer, and the services that take the same messages. */
  List<KnownAnswers> answers();

  /** Escapes the characters that have a meaning in the chat's markup. */
  String escape(String text);
}
