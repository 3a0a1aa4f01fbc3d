package org.expmaster.host.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;

/** Who a request comes from, and whether it may come in. */
final class Gate {
  private final Function<String, Optional<Caller>> callers;

  /**
   * @param callers whose token something is
   */
  Gate(Function<String, Optional<Caller>> callers) {
    this.callers = callers;
  }

  /**
   * @throws ApiException Unauthenticated or PermissionDenied
   */
  Optional<Caller> admit(Access access, String method, Map<String, String> headers) {
    Optional<Credentials> credentials = Credentials.of(headers);
    boolean byBrowser = credentials.map(Credentials::fromCookie).orElse(true);
    if (byBrowser && SameOrigin.isForeign(method, headers)) {
      throw ApiException.denied("this request comes from another site's page");
    }
    Optional<Caller> caller = credentials.flatMap(found -> callers.apply(found.token()));
    if (access != Access.PUBLIC && caller.isEmpty()) {
      throw ApiException.unauthenticated("log in first: POST /api/v1/auth/login");
    }
    if (access == Access.ADMIN && !caller.orElseThrow().admin()) {
      throw ApiException.denied("this is for admins");
    }
    return caller;
  }
}
