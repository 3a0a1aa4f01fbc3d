package org.expmaster.webhook.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;

/** Serves the OpenAPI document that describes all of {@link WebhookRoutes}. */
public final class DocumentResource {
  private static final String FILE = "openapi.yaml";

  private final Response document;

  /** Reads the document from the plugin's jar. */
  public DocumentResource() {
    Map<String, String> headers =
        Map.of("Content-Type", "application/yaml", "Cache-Control", "no-cache");
    document = ContentTag.tagged(new Response(200, headers, content()));
  }

  private static byte[] content() {
    try (InputStream in = DocumentResource.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + FILE);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the document, or 304 if the caller has it. */
  Response get(Request request) {
    return ContentTag.unlessSeen(request, document);
  }
}
