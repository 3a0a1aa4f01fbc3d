package org.expmaster.webhook.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.rest.ContentTag;

/** A file of the page, in memory. */
final class Asset {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=UTF-8",
          "css", "text/css; charset=UTF-8",
          "js", "text/javascript; charset=UTF-8",
          "svg", "image/svg+xml");

  private static final String PROGRAM = "text/plain; charset=UTF-8";

  /** Allows only content from the master itself, and no script or style inside a document. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private final Response response;

  private Asset(String name, byte[] content) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    Map<String, String> headers =
        Map.of(
            "Content-Type", TYPES.getOrDefault(ending, PROGRAM),
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            // asked for each time, and sent only if it has changed: the files fit one another
            "Cache-Control", "no-cache");
    response = ContentTag.tagged(new Response(200, headers, content));
  }

  /** Reads the file from the plugin's jar. */
  static Asset read(String name) {
    try (InputStream in = Asset.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks the page's " + name);
      }
      return new Asset(name, in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the file, or 304 if the browser's copy is current. */
  Response answer(Request request) {
    return ContentTag.unlessSeen(request, response);
  }
}
