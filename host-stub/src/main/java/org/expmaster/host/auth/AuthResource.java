package org.expmaster.host.auth;

import java.util.Map;
import java.util.Optional;
import org.expmaster.host.http.ClientNetwork;
import org.expmaster.host.http.Credentials;
import org.expmaster.host.http.Json;
import org.expmaster.host.http.JsonBody;
import org.expmaster.host.http.OwnRoutes;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;

/** The REST routes for login, logout and the current user. */
public final class AuthResource {
  private final UserStore users;
  private final Passwords passwords;
  private final Sessions sessions;
  private final FailedLogins failed;

  public AuthResource(
      UserStore users, Passwords passwords, Sessions sessions, FailedLogins failed) {
    this.users = users;
    this.passwords = passwords;
    this.sessions = sessions;
    this.failed = failed;
  }

  public void addTo(OwnRoutes routes) {
    routes.addPlaced("POST", "/api/v1/auth/login", Access.PUBLIC, this::logIn);
    routes.add("POST", "/api/v1/auth/logout", Access.LOGGED_IN, this::logOut);
    routes.add("GET", "/api/v1/me", Access.LOGGED_IN, this::me);
  }

  private Response logIn(Request request, ClientNetwork from) {
    JsonBody body = JsonBody.of(request);
    WirePassword password =
        WirePassword.of(body.text("password").orElse(""), body.bool("isHashed").orElse(false));
    Begun begun =
        begin(body.requiredText("username"), password, from)
            .orElseThrow(() -> ApiException.unauthenticated("wrong username or password"));
    Response response = Json.response(Map.of("token", begun.token, "user", begun.user.json()));
    return withCookie(response, begun.token, Sessions.LIFETIME.toSeconds());
  }

  /**
   * Begins a session if the credentials are right; returns the cookie for the browser.
   *
   * @throws ApiException ResourceExhausted, if the caller must wait before the next attempt
   */
  Optional<String> cookieFor(String username, WirePassword password, ClientNetwork from) {
    return begin(username, password, from)
        .map(begun -> cookie(begun.token, Sessions.LIFETIME.toSeconds()));
  }

  private record Begun(User user, String token) {}

  private Optional<Begun> begin(String username, WirePassword password, ClientNetwork from) {
    failed.begin(username, from);
    Optional<Begun> begun;
    try {
      begun = tryToBegin(username, password);
    } catch (RuntimeException | Error e) {
      failed.abandoned(username, from);
      throw e;
    }
    if (begun.isPresent()) {
      failed.succeeded(username, from);
    } else {
      failed.failed(username, from);
    }
    return begun;
  }

  private Optional<Begun> tryToBegin(String username, WirePassword password) {
    Optional<UserStore.WithHash> found = users.byName(username);
    if (found.isEmpty()) {
      passwords.spendTheTime(password);
    }
    return found
        .filter(user -> passwords.matches(password, user.hash()))
        .flatMap(user -> sessions.begin(user).map(token -> new Begun(user.user(), token)));
  }

  private Response logOut(Request request) {
    Credentials.of(request.headers()).ifPresent(credentials -> sessions.end(credentials.token()));
    return withCookie(Json.response(Map.of()), "", 0);
  }

  private Response me(Request request) {
    Caller caller = request.requireCaller();
    User user = new User(caller.userId(), caller.username(), caller.admin(), true);
    return Json.response(Map.of("user", user.json()));
  }

  /** Lax, not Strict: a user who follows a link from a chat message should be logged in. */
  private static String cookie(String token, long seconds) {
    return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax"
        .formatted(Credentials.COOKIE, token, seconds);
  }

  private static Response withCookie(Response response, String token, long seconds) {
    return new Response(
        response.status(),
        Map.of(
            "Content-Type",
            response.headers().get("Content-Type"),
            "Set-Cookie",
            cookie(token, seconds)),
        response.body());
  }
}
