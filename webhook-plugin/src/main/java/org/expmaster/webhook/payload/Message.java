package org.expmaster.webhook.payload;

import java.util.List;
import java.util.Optional;

/**
 * What a chat is told, before it is put in that chat's words. Text is not escaped and of any
 * length; it has no control characters, and line breaks only where someone may want them.
 *
 * @param sentence what happened; words of ours alone, unless there are quotes
 * @param details what else the event itself says
 * @param quotes what is to be shown letter by letter
 * @param more where there is more to read
 * @param subject the experiment it happened to, where the message shows it
 */
record Message(
    String sentence,
    List<Fact> details,
    List<Quote> quotes,
    Optional<Link> more,
    Optional<Subject> subject) {

  Message {
    details = List.copyOf(details);
    quotes = List.copyOf(quotes);
  }

  /** A line with a label; its value may lead somewhere. */
  record Fact(String label, String value, Optional<String> url) {
    Fact(String label, String value) {
      this(label, value, Optional.empty());
    }
  }

  /** Text in a block of code, with the words before it, which may be none. */
  record Quote(String before, String text) {}

  /**
   * @param target a URL, or, where nobody has said where the master is, a path on it
   */
  record Link(String label, String target) {
    boolean isUrl() {
      return !target.startsWith("/");
    }
  }

  /**
   * An experiment.
   *
   * @param mark goes before its name; it may be empty
   */
  record Subject(
      Accent accent, String mark, String name, long id, Optional<String> url, List<Fact> facts) {
    Subject {
      facts = List.copyOf(facts);
    }

    /** The end of its title, which is never cut off. */
    String number() {
      return " (#" + id + ")";
    }
  }

  /** How it went, as a colour. */
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
