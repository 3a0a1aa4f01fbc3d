package org.expmaster.webhook.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;

/** A file of the page, in memory. */
final class Asset {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=UTF-8",
          "css", "text/css; charset=UTF-8",
          "js", "text/javascript; charset=UTF-8",
          "svg", "image/svg+xml");

  private static final String PROGRAM = "text/plain; charset=UTF-8";

  /** Nothing but what comes from the master itself, and no script or style inside a document. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private final byte[] content;
  private final Map<String, String> headers;

  private Asset(String name, byte[] content) {
    this.content = content;
    String ending = name.substring(name.lastIndexOf('.') + 1);
    headers = new HashMap<>();
    headers.put("Content-Type", TYPES.getOrDefault(ending, PROGRAM));
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    // asked for each time, and sent only if it has changed: the files of a page fit one another
    headers.put("Cache-Control", "no-cache");
    headers.put("ETag", "\"" + digest(content) + "\"");
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

  /** The file, or word that the browser has it as it is. */
  Response answer(Request request) {
    String seen = request.header("If-None-Match").orElse("");
    return seen.contains(headers.get("ETag"))
        ? new Response(304, headers, new byte[0])
        : new Response(200, headers, content);
  }

  private static String digest(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
