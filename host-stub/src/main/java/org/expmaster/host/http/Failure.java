package org.expmaster.host.http;

import java.util.Map;
import java.util.UUID;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.ApiException.Reason;
import org.expmaster.plugin.http.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only place where failures become responses, for the routes of the master and of plugins. */
final class Failure {
  private static final Logger log = LoggerFactory.getLogger(Failure.class);

  private static final Map<String, String> SOON = Map.of("Retry-After", "1");

  private Failure() {}

  static Response of(String method, String path, Throwable failure) {
    if (failure instanceof ApiException known) {
      return ErrorJson.response(known);
    }
    if (failure instanceof RouteTable.MethodNotAllowed other) {
      return ErrorJson.response(
          405, Reason.METHOD_NOT_ALLOWED, other.getMessage(), Map.of("Allow", other.allow()));
    }
    if (DatabaseAway.isBehind(failure)) {
      log.warn("{} {}: the database cannot be reached: {}", method, path, failure.toString());
      return ErrorJson.response(
          503,
          Reason.UNAVAILABLE,
          "the master's database cannot be reached at present; try again",
          SOON);
    }
    // the caller gets an id under which the log has the details, and no internals
    String correlation = UUID.randomUUID().toString().substring(0, 8);
    log.error("{} {} failed, told the caller as {}", method, path, correlation, failure);
    return ErrorJson.response(
        new ApiException(
            Reason.INTERNAL, "something went wrong; the log has it as " + correlation));
  }

  /** No worker was free. */
  static Response busy() {
    return ErrorJson.response(
        503, Reason.UNAVAILABLE, "the master has too much to do at present; try again", SOON);
  }

  static Response tooSlow() {
    return ErrorJson.response(
        408, Reason.INVALID_ARGUMENT, "the body came too slowly, or not at all", Map.of());
  }
}
