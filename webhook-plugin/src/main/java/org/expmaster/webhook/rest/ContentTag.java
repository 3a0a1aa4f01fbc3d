package org.expmaster.webhook.rest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;

/**
 * An entity tag made of a response's content, so that a client that has the content is not sent it
 * again (RFC 9110, sections 8.8.3 and 13.1.2).
 */
public final class ContentTag {
  private static final String ETAG = "ETag";

  private ContentTag() {}

  /** Returns the response with its tag. */
  public static Response tagged(Response response) {
    Map<String, String> headers = new HashMap<>(response.headers());
    headers.put(ETAG, "\"" + digest(response.body()) + "\"");
    return new Response(response.status(), headers, response.body());
  }

  /** Returns a tagged response, or 304 without a body if {@code If-None-Match} names its tag. */
  public static Response unlessSeen(Request request, Response tagged) {
    String tag = tagged.headers().get(ETAG);
    boolean seen =
        request.header("If-None-Match").stream()
            .flatMap(tags -> Arrays.stream(tags.split(",")))
            .map(each -> each.strip().replaceFirst("^W/", ""))
            .anyMatch(each -> each.equals(tag) || each.equals("*"));
    return seen ? new Response(304, tagged.headers(), new byte[0]) : tagged;
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
