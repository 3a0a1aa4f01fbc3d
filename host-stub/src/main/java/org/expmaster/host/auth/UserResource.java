package org.expmaster.host.auth;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.expmaster.host.http.Json;
import org.expmaster.host.http.JsonBody;
import org.expmaster.host.http.Pagination;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;

/** The REST routes for users. */
public final class UserResource {
  private static final Pattern HASHED = Pattern.compile("[0-9a-f]{128}");

  private final UserStore users;
  private final Passwords passwords;

  public UserResource(UserStore users, Passwords passwords) {
    this.users = users;
    this.passwords = passwords;
  }

  public void addTo(Routes routes) {
    routes.add("GET", "/api/v1/users", Access.LOGGED_IN, this::list);
    routes.add("POST", "/api/v1/users", Access.ADMIN, this::create);
    routes.add("GET", "/api/v1/users/{username}/by-username", Access.LOGGED_IN, this::byName);
    routes.add("POST", "/api/v1/users/{id}/password", Access.LOGGED_IN, this::setPassword);
  }

  private Response list(Request request) {
    List<Map<String, Object>> all = users.all().stream().map(User::json).toList();
    return Json.response(Map.of("users", all, "pagination", Pagination.whole(all.size())));
  }

  private Response byName(Request request) {
    String username = request.pathParameters().get("username");
    return users
        .byName(username)
        .map(found -> Json.response(Map.of("user", found.user().json())))
        .orElseThrow(() -> ApiException.notFound("there is no user " + username));
  }

  private Response create(Request request) {
    JsonBody body = JsonBody.of(request);
    JsonBody user =
        body.object("user").orElseThrow(() -> ApiException.invalid("user must be an object"));
    String username = user.requiredText("username");
    WirePassword password = newPassword(body);
    return users
        .add(
            username,
            passwords.hash(password),
            user.bool("admin").orElse(false),
            user.bool("active").orElse(true))
        .map(added -> Json.response(Map.of("user", added.json())))
        .orElseThrow(() -> ApiException.invalid("username is taken"));
  }

  private Response setPassword(Request request) {
    long id = request.pathId("id");
    Caller caller = request.requireCaller();
    if (!caller.admin() && caller.userId() != id) {
      throw ApiException.denied("the password of another user is for admins to change");
    }
    WirePassword password =
        JsonBody.textOf(request)
            .map(UserResource::sentByAClient)
            .orElseGet(() -> newPassword(JsonBody.of(request)));
    if (!users.setPassword(id, passwords.hash(password))) {
      throw ApiException.notFound("there is no user " + id);
    }
    return Json.response(Map.of());
  }

  /** Reads a password from Determined's clients, which send a JSON string alone, always hashed. */
  private static WirePassword sentByAClient(String text) {
    if (!HASHED.matcher(text).matches()) {
      throw ApiException.invalid(
          "the body must be {\"password\": \"…\"}; a text alone must be 128 hexadecimal digits,"
              + " the salted SHA-512 that Determined's clients send");
    }
    return WirePassword.of(text, true);
  }

  private static WirePassword newPassword(JsonBody body) {
    WirePassword password =
        WirePassword.of(body.text("password").orElse(""), body.bool("isHashed").orElse(false));
    if (password.text().isEmpty()) {
      throw ApiException.invalid("password must not be empty");
    }
    return password;
  }
}
