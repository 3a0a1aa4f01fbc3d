package org.expmaster.webhook.payload;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.Map;

/**
 * A message in someone's own wording: Mustache, with placeholders for values and sections for what
 * is there only sometimes.
 *
 * <p>Values are escaped before they come in, so that no way of writing a placeholder puts them in
 * as they are.
 */
public final class MessageTemplate {
  /** How long one may be, in UTF-16 units. */
  public static final int LONGEST = 2_000;

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler().escapeHTML(false).defaultValue("").emptyStringIsFalse(true);

  private final Template template;

  private MessageTemplate(Template template) {
    this.template = template;
  }

  /**
   * Checks a template.
   *
   * @throws IllegalArgumentException saying what is wrong, as the rest of a sentence that begins
   *     with what is called a template
   */
  public static void check(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "has " + text.length() + " characters, and may have " + LONGEST);
    }
    of(text).template.visit(new Check());
  }

  static MessageTemplate of(String text) {
    try {
      return new MessageTemplate(COMPILER.compile(text));
    } catch (MustacheException malformed) {
      throw new IllegalArgumentException("is not valid: " + malformed.getMessage(), malformed);
    } catch (IndexOutOfBoundsException nameless) {
      throw new IllegalArgumentException("is not valid: a placeholder in it has no name", nameless);
    }
  }

  /**
   * @param values by the parts of their names, escaped
   */
  String fill(Map<String, Object> values) {
    return template.execute(values);
  }

  private static final class Check implements Mustache.Visitor {
    @Override
    public void visitText(String text) {
      if (text.contains("{{")) {
        throw new IllegalArgumentException("is not valid: a {{ in it is never closed");
      }
    }

    @Override
    public void visitVariable(String name) {
      if (!Placeholders.NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "has the placeholder {{"
                + name
                + "}}; there are "
                + String.join(", ", Placeholders.NAMES));
      }
    }

    @Override
    public boolean visitSection(String name) {
      visitVariable(name);
      return true;
    }

    @Override
    public boolean visitInvertedSection(String name) {
      visitVariable(name);
      return true;
    }

    @Override
    public boolean visitInclude(String name) {
      throw new IllegalArgumentException(
          "has {{>" + name + "}}, and there are no others to take in");
    }

    @Override
    public boolean visitParent(String name) {
      return visitInclude(name);
    }

    @Override
    public boolean visitBlock(String name) {
      return visitInclude(name);
    }
  }
}
