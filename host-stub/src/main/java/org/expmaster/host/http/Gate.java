package org.expmaster.host.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;

/** Checks who sent a request and whether they may call the route. */
final class Gate {
  private final Function<String, Optional<Caller>> callers;

  /**
   * @param callers returns the caller to whom a token belongs
   */
  Gate(Function<String, Optional<Caller>> callers) {
    this.callers = callers;
  }

  /**
   * Returns the request's credentials after all checks that need no database.
   *
   * @throws ApiException Unauthenticated or PermissionDenied
   */
  Optional<Credentials> check(Access access, String method, Map<String, String> headers) {
    Optional<Credentials> credentials = Credentials.of(headers);
    boolean byBrowser = credentials.map(Credentials::fromCookie).orElse(true);
    if (byBrowser) {
      SameOrigin.check(method, headers);
    }
    if (access != Access.PUBLIC && credentials.isEmpty()) {
      throw logIn();
    }
    return credentials;
  }

  /**
   * Returns the caller to whom the credentials belong; reads the database.
   *
   * @throws ApiException Unauthenticated or PermissionDenied
   */
  Optional<Caller> admit(Access access, Optional<Credentials> credentials) {
    Optional<Caller> caller = credentials.flatMap(found -> callers.apply(found.token()));
    if (access != Access.PUBLIC && caller.isEmpty()) {
      throw logIn();
    }
    if (access == Access.ADMIN && !caller.orElseThrow().admin()) {
      throw ApiException.denied("this is for admins");
    }
    return caller;
  }

  private static ApiException logIn() {
    return ApiException.unauthenticated("log in first: POST /api/v1/auth/login");
  }
}
