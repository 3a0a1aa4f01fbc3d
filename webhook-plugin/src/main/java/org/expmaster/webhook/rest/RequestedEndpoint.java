package org.expmaster.webhook.rest;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.registry.Endpoint;
import org.expmaster.webhook.registry.RequestHeaders;

/**
 * The URL and the headers of a webhook as a client requests them.
 *
 * <p>A client that edits a webhook does not know the values of its headers, and need not repeat
 * them. But the values are only ever sent to the host for which they were written: who may edit a
 * webhook could otherwise read them at a host of their own.
 *
 * @param before the endpoint before the edit; empty for a new webhook
 * @param keepsUrl whether the URL is not edited: what was accepted once stays
 */
record RequestedEndpoint(Fields fields, Optional<Endpoint> before, boolean keepsUrl) {
  private static final Pattern PORT = Pattern.compile(":\\d+$");

  Endpoint check() {
    WrittenUrl written =
        keepsUrl ? new WrittenUrl(before.orElseThrow().url(), Optional.empty()) : url();
    Optional<RequestHeaders> known =
        before
            .filter(kept -> origin(kept.url()).equals(origin(written.url())))
            .map(Endpoint::headers);
    return new Endpoint(
        written.url(),
        new RequestedHeaders(fields, known, before.isPresent()).check(written.authorization()));
  }

  private WrittenUrl url() {
    return WrittenUrl.read(
        fields.text("url").orElseThrow(() -> ApiException.invalid("url is missing")));
  }

  private static String origin(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    String authority = url.getRawAuthority().toLowerCase(Locale.ROOT).replaceFirst(":$", "");
    String port = scheme.equals("https") ? ":443" : ":80";
    return scheme + "://" + authority + (PORT.matcher(authority).find() ? "" : port);
  }
}
