package org.expmaster.host.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import org.expmaster.host.http.ClientNetwork;
import org.expmaster.host.http.OwnRoutes;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;

/** The login page for browsers: a form without scripts. */
public final class LoginPage {
  private static final String PATH = "/det/login";
  private static final String HOME = "webhooks";

  /** Matches relative paths with an optional fragment, none of which leads to another host. */
  private static final String BESIDE =
      "[A-Za-z0-9_-][A-Za-z0-9_/-]{0,200}(#[A-Za-z0-9_/-]{0,200})?";

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none';"
          + " base-uri 'none'";

  private final AuthResource auth;
  private final String page;
  private final byte[] style;

  public LoginPage(AuthResource auth) throws IOException {
    this.auth = auth;
    this.page = new String(resource("login.html"), UTF_8);
    this.style = resource("login.css");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = LoginPage.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** Adds the page, the route its form posts to, and its style sheet. */
  public void addTo(OwnRoutes routes) {
    routes.add("GET", PATH, Access.PUBLIC, request -> form(200, redirect(request), ""));
    routes.addPlaced("POST", PATH, Access.PUBLIC, this::logIn);
    routes.add(
        "GET",
        PATH + ".css",
        Access.PUBLIC,
        request -> new Response(200, Map.of("Content-Type", "text/css; charset=UTF-8"), style));
  }

  private Response logIn(Request request, ClientNetwork from) {
    Map<String, String> fields = fields(new String(request.body(), UTF_8));
    String to = beside(fields.getOrDefault("redirect", HOME));
    WirePassword password = WirePassword.of(fields.getOrDefault("password", ""), false);
    try {
      return auth.cookieFor(fields.getOrDefault("username", ""), password, from)
          .map(set -> new Response(303, Map.of("Location", to, "Set-Cookie", set), new byte[0]))
          .orElseGet(() -> form(401, to, "Wrong username or password."));
    } catch (ApiException refused) {
      if (refused.reason() != ApiException.Reason.RESOURCE_EXHAUSTED) {
        throw refused;
      }
      return form(refused.reason().status(), to, "Refused: " + refused.getMessage() + ".");
    }
  }

  private Response form(int status, String to, String problem) {
    // safe in HTML: {redirect} contains no special characters, and {problem} is our own text
    String text = page.replace("{redirect}", to).replace("{problem}", problem);
    Map<String, String> headers =
        Map.of("Content-Type", "text/html; charset=UTF-8", "Content-Security-Policy", POLICY);
    return new Response(status, headers, text.getBytes(UTF_8));
  }

  private static String redirect(Request request) {
    return beside(request.queryParameter("redirect").orElse(HOME));
  }

  private static String beside(String to) {
    return to.matches(BESIDE) ? to : HOME;
  }

  private static Map<String, String> fields(String form) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : form.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        fields.put(decoded(parts[0]), decoded(parts[1]));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }
}
