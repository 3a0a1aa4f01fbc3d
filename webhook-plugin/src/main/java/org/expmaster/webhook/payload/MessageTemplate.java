package org.expmaster.webhook.payload;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.Map;

/**
 * A message in a user's own wording: a Mustache template, with placeholders for values and sections
 * for values that only some events have.
 *
 * <p>Values are escaped before insertion, so that no Mustache syntax inserts them unescaped.
 */
public final class MessageTemplate {
  /** Maximum length of a template, in UTF-16 units. */
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
   * @throws IllegalArgumentException if the template is too long, malformed, or names an unknown
   *     placeholder or an include; its message continues a sentence that begins with the name of
   *     the template
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
   * @param values escaped values, in nested maps by the parts of their names
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
