package org.expmaster.host.auth;

import java.util.Map;
import java.util.Optional;
import org.expmaster.host.http.Credentials;
import org.expmaster.host.http.Json;
import org.expmaster.host.http.JsonBody;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;

/** Logging in and out. */
public final class AuthResource {
  private final UserStore users;
  private final Passwords passwords;
  private final Sessions sessions;

  public AuthResource(UserStore users, Passwords passwords, Sessions sessions) {
    this.users = users;
    this.passwords = passwords;
    this.sessions = sessions;
  }

  public void addTo(Routes routes) {
    routes.add("POST", "/api/v1/auth/login", Access.PUBLIC, this::logIn);
    routes.add("POST", "/api/v1/auth/logout", Access.LOGGED_IN, this::logOut);
    routes.add("GET", "/api/v1/me", Access.LOGGED_IN, this::me);
  }

  private Response logIn(Request request) {
    JsonBody body = JsonBody.of(request);
    WirePassword password =
        WirePassword.of(body.text("password").orElse(""), body.bool("isHashed").orElse(false));
    User user =
        userFor(body.requiredText("username"), password)
            .orElseThrow(() -> ApiException.unauthenticated("wrong username or password"));
    String token = sessions.begin(user);
    Response response = Json.response(Map.of("token", token, "user", user.json()));
    return withCookie(response, token, Sessions.LIFETIME.toSeconds());
  }

  /** Begins a session, if they are who they say; what a browser keeps of it. */
  Optional<String> cookieFor(String username, WirePassword password) {
    return userFor(username, password)
        .map(user -> cookie(sessions.begin(user), Sessions.LIFETIME.toSeconds()));
  }

  private Optional<User> userFor(String username, WirePassword password) {
    Optional<UserStore.WithHash> found = users.byName(username);
    if (found.isEmpty()) {
      passwords.spendTheTime(password);
    }
    return found
        .filter(user -> passwords.matches(password, user.hash()))
        .map(UserStore.WithHash::user)
        .filter(User::active);
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

  /** Lax, not Strict: a link from a chat message to the master's page should find one logged in. */
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
