package org.expmaster.webhook.registry;

import java.net.URI;
import java.util.Objects;

/**
 * Where a webhook sends, and the headers that its receiver wants.
 *
 * @param url an absolute http or https URL without credentials. Some receivers' URLs are secrets,
 *     so it is never logged.
 */
public record Endpoint(URI url, RequestHeaders headers) {
  public Endpoint {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(headers, "headers");
  }

  /** Returns an endpoint without headers. */
  public static Endpoint at(String url) {
    return new Endpoint(URI.create(url), RequestHeaders.NONE);
  }

  /** Omits the URL, which may be a secret. */
  @Override
  public String toString() {
    return "Endpoint[hidden]";
  }
}
