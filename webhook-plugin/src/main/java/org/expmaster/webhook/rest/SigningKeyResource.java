package org.expmaster.webhook.rest;

import java.sql.SQLException;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.signing.KeyRing;

/** Rotates the signing key over REST. The master's configuration shows it. */
public final class SigningKeyResource {
  private final KeyRing keys;

  /** Rotates these keys. */
  public SigningKeyResource(KeyRing keys) {
    this.keys = keys;
  }

  Response rotate(Request request) throws SQLException {
    if (!keys.canRotate()) {
      throw new ApiException(
          ApiException.Reason.FAILED_PRECONDITION,
          "security.webhook_signing_key is configured: change it there, and write the old one to"
              + " webhooks.previous_signing_key for as long as receivers may need it");
    }
    keys.rotate();
    return Json.response(Json.empty());
  }
}
