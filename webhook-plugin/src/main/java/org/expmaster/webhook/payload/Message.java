package org.expmaster.webhook.payload;

import java.util.List;
import java.util.Optional;

/**
 * The content of a chat message, independent of the chat's format. Text is not escaped and of any
 * length. It has no control characters, and line breaks only where users may want them.
 *
 * @param sentence what happened; fixed words, and ids and names in backticks
 * @param details further facts about the event itself
 * @param quotes texts to show verbatim
 * @param more where to read more
 * @param subject the experiment, where the message shows it
 */
record Message(
    String sentence,
    List<Fact> details,
    List<Quote> quotes,
    Optional<Link> more,
    Optional<Subject> subject) {

  /** Returns the sentence without backticks, for a chat that does not know them. */
  String plainSentence() {
    return sentence.replace("`", "");
  }

  Message {
    details = List.copyOf(details);
    quotes = List.copyOf(quotes);
  }

  /** A labelled line; its value may be a link. */
  record Fact(String label, String value, Optional<String> url) {
    Fact(String label, String value) {
      this(label, value, Optional.empty());
    }
  }

  /** Text in a code block, and the words before it, which may be empty. */
  record Quote(String before, String text) {}

  /**
   * @param target a URL, or a path on the master if no base URL is configured
   */
  record Link(String label, String target) {
    boolean isUrl() {
      return !target.startsWith("/");
    }
  }

  /**
   * An experiment.
   *
   * @param mark symbol before the name; may be empty
   */
  record Subject(
      Accent accent, String mark, String name, long id, Optional<String> url, List<Fact> facts) {
    Subject {
      facts = List.copyOf(facts);
    }

    /** Returns the end of the title, which is never cut off. */
    String number() {
      return " (#" + id + ")";
    }
  }

  /** The experiment's state, as a colour. */
  enum Accent {
    GOOD("#13B670"),
    BAD("#DD5040"),
    NEUTRAL("#009bde");

    final String hex;

    Accent(String hex) {
      this.hex = hex;
    }
  }
}
