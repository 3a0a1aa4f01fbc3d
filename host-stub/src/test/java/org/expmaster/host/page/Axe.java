package org.expmaster.host.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** axe-core, which finds what is inaccessible. */
final class Axe {
  private Axe() {}

  /** Returns the violations that axe-core finds in the current view, one line each. */
  static List<?> violations(Browser browser) {
    browser.script(axe());
    Object found =
        browser.asyncScript(
            "const done = arguments[arguments.length - 1];"
                + "axe.run().then(r => done(r.violations.map(v => v.id + ': ' + v.help + ' ' +"
                + " v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))))");
    return (List<?>) found;
  }

  private static String axe() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
