package org.expmaster.webhook.rest;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.webhook.registry.Webhook;

/**
 * Which version of a webhook someone has seen, as HTTP says it (RFC 9110, sections 8.8.3, 13.1).
 */
final class EntityTag {
  private EntityTag() {}

  /** The header that says which version this is. */
  static Map<String, String> header(long version) {
    return Map.of("ETag", of(version));
  }

  /**
   * Lets an edit pass if it was made for the webhook as it is, or for whatever there is.
   *
   * @throws ApiException ChangedSince, if it was made for another version
   */
  static void require(Request request, Webhook webhook) {
    Optional<String> wanted = request.header("If-Match").map(String::trim);
    if (wanted.isEmpty() || wanted.get().equals("*")) {
      return;
    }
    String present = of(webhook.version());
    if (Arrays.stream(wanted.get().split(",")).map(String::trim).noneMatch(present::equals)) {
      throw new ApiException(
          ApiException.Reason.CHANGED_SINCE,
          "If-Match does not name "
              + present
              + ", which is what webhook "
              + webhook.id()
              + " is now; read it again");
    }
  }

  private static String of(long version) {
    return "\"" + version + "\"";
  }
}
