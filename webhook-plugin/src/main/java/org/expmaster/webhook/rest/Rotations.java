package org.expmaster.webhook.rest;

import java.time.Instant;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import tools.jackson.databind.node.ObjectNode;

/** What requests for a rotation, of the master's key or of a webhook's secret, have in common. */
final class Rotations {
  private static final String IMMEDIATELY = "immediately";

  private Rotations() {}

  /** Returns whether the request asks to replace what has leaked; its body may be empty. */
  static boolean immediately(Request request) {
    ObjectNode document =
        request.body().length == 0
            ? Json.empty()
            : Json.object(request.body(), "{\"immediately\": true}, or nothing");
    for (String name : document.propertyNames()) {
      // misspelt, it would leave what has leaked in use
      if (!name.equals(IMMEDIATELY)) {
        throw ApiException.invalid("the body may hold " + IMMEDIATELY + ", and nothing else");
      }
    }
    return new Fields("", document).flag(IMMEDIATELY);
  }

  /** Says for the audit how a secret or a key was rotated. */
  static String detail(boolean immediately) {
    return immediately ? "immediately" : "";
  }

  /**
   * Returns the error of a second rotation, which would break the receivers that have not followed
   * the first.
   *
   * @param what what signs until then
   */
  static ApiException pending(String what, Instant until) {
    return new ApiException(
        ApiException.Reason.FAILED_PRECONDITION,
        "a rotation is under way: "
            + what
            + " signs until "
            + until
            + "; wait until then, or send {\"immediately\": true} if a key has leaked");
  }
}
