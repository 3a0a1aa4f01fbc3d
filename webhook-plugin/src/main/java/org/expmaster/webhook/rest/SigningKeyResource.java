package org.expmaster.webhook.rest;

import java.time.Instant;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.signing.KeyRing;
import org.expmaster.webhook.signing.RotationPendingException;

/** Rotates the master's signing key over REST. The master's configuration shows it. */
public final class SigningKeyResource {
  private final KeyRing keys;

  /** Rotates these keys. */
  public SigningKeyResource(KeyRing keys) {
    this.keys = keys;
  }

  Response rotate(Request request) {
    if (!keys.canRotate()) {
      throw new ApiException(
          ApiException.Reason.FAILED_PRECONDITION,
          "security.webhook_signing_key is configured: announce a new key as"
              + " webhooks.next_signing_key, later make it the signing key, and write the old one"
              + " to webhooks.previous_signing_key for as long as receivers may need it");
    }
    try {
      Instant from = keys.rotate(Rotations.immediately(request));
      return Json.response(Json.empty().put("signsFrom", from.toString()));
    } catch (RotationPendingException pending) {
      throw Rotations.pending("the key before", pending.until());
    }
  }
}
