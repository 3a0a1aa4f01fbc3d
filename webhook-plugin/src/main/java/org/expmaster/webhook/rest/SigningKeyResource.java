package org.expmaster.webhook.rest;

import java.sql.SQLException;
import java.time.Instant;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.webhook.audit.Act;
import org.expmaster.webhook.audit.Action;
import org.expmaster.webhook.signing.KeyRing;
import org.expmaster.webhook.signing.RotationPendingException;

/** Rotates the master's signing key over REST. The master's configuration shows it. */
public final class SigningKeyResource {
  private final KeyRing keys;
  private final Auditing auditing;

  /** Rotates these keys. */
  public SigningKeyResource(KeyRing keys, Auditing auditing) {
    this.keys = keys;
    this.auditing = auditing;
  }

  Response rotate(Request request) throws SQLException {
    if (!keys.canRotate()) {
      throw new ApiException(
          ApiException.Reason.FAILED_PRECONDITION,
          "security.webhook_signing_key is configured: announce a new key as"
              + " webhooks.next_signing_key, later make it the signing key, and write the old one"
              + " to webhooks.previous_signing_key for as long as receivers may need it");
    }
    boolean immediately = Rotations.immediately(request);
    Act act = auditing.act(request, Action.KEY_ROTATED, Rotations.detail(immediately));
    try {
      Instant from = keys.rotate(immediately, act);
      auditing.done(act, 0);
      return Json.response(Json.empty().put("signsFrom", from.toString()));
    } catch (RotationPendingException pending) {
      throw Rotations.pending("the key before", pending.until());
    }
  }
}
