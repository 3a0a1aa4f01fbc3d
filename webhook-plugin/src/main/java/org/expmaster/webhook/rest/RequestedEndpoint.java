package org.expmaster.webhook.rest;

import java.util.Optional;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.egress.Origin;
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
  Endpoint check() {
    WrittenUrl written =
        keepsUrl ? new WrittenUrl(before.orElseThrow().url(), Optional.empty()) : url();
    Optional<RequestHeaders> known =
        before
            .filter(kept -> Origin.of(kept.url()).equals(Origin.of(written.url())))
            .map(Endpoint::headers);
    return new Endpoint(
        written.url(),
        new RequestedHeaders(fields, known, before.isPresent()).check(written.authorization()));
  }

  private WrittenUrl url() {
    return WrittenUrl.read(
        fields.text("url").orElseThrow(() -> ApiException.invalid("url is missing")));
  }
}
