package org.expmaster.host.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Response;

/** The JSON form of every error. */
final class ErrorJson {
  private ErrorJson() {}

  static Response response(ApiException failure) {
    Reason reason = failure.reason();
    return response(reason.status(), reason, failure.getMessage(), retryAfter(failure));
  }

  private static Map<String, String> retryAfter(ApiException failure) {
    return failure
        .retryAfter()
        .map(pause -> Map.of("Retry-After", "" + pause.plusNanos(999_999_999).toSeconds()))
        .orElse(Map.of());
  }

  static Response response(int status, Reason reason, String message, Map<String, String> headers) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", reason.code());
    error.put("reason", reason.wireName());
    error.put("error", message);
    Response json = Json.response(Map.of("error", error));
    Map<String, String> all = new LinkedHashMap<>(json.headers());
    all.putAll(headers);
    return new Response(status, all, json.body());
  }
}
