package org.expmaster.webhook.rest;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.webhook.registry.Webhook;

/** Entity tags and conditional requests, as in HTTP (RFC 9110, sections 8.8.3, 13.1). */
final class EntityTag {
  private EntityTag() {}

  /** Returns the {@code ETag} header of this version. */
  static Map<String, String> header(long version) {
    return Map.of("ETag", of(version));
  }

  /**
   * Checks that {@code If-Match}, if present, names the webhook's version or is {@code *}.
   *
   * @throws ApiException ChangedSince, if it names other versions only
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
