package org.expmaster.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.expmaster.host.testing.Api;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;

/** A server whose routes echo the request or fail, and those who call it. */
final class EchoServer implements AutoCloseable {
  final Api nobody;
  final Api user;
  final Api admin;
  private final HttpServer server;

  private EchoServer(HttpServer server) {
    this.server = server;
    nobody = Api.of(URI.create("http://127.0.0.1:" + server.port()));
    user = nobody.withToken("u");
    admin = nobody.withToken("a");
  }

  static EchoServer start() throws Exception {
    RouteTable table = new RouteTable();
    Routes routes = table.of("test");
    routes.add("POST", "/echo/{name}", Access.PUBLIC, EchoServer::echo);
    routes.add("GET", "/echo/{name}", Access.PUBLIC, EchoServer::echo);
    routes.add("POST", "/user", Access.LOGGED_IN, EchoServer::echo);
    routes.add("GET", "/admin", Access.ADMIN, EchoServer::echo);
    routes.add("GET", "/fails", Access.PUBLIC, EchoServer::fail);
    routes.add(
        "GET",
        "/page",
        Access.PUBLIC,
        request ->
            new Response(200, Map.of("Content-Type", "text/html", "Cache-Control", "a"), hi()));
    table.open("test");
    Map<String, Caller> callers =
        Map.of("u", new Caller(2, "user", false), "a", new Caller(1, "admin", true));
    return new EchoServer(
        HttpServer.start("127.0.0.1", 0, table, token -> Optional.ofNullable(callers.get(token))));
  }

  int port() {
    return server.port();
  }

  private static byte[] hi() {
    return "hi".getBytes(UTF_8);
  }

  private static Response echo(Request request) {
    return Json.response(
        Map.of(
            "method", request.method(),
            "name", request.pathParameters().getOrDefault("name", ""),
            "query", request.query(),
            "length", request.body().length,
            "caller", request.caller().map(Caller::username).orElse("")));
  }

  private static Response fail(Request request) throws Exception {
    String how = request.queryParameter("how").orElse("");
    if (how.equals("known")) {
      throw new ApiException(ApiException.Reason.ABORTED, "someone else was faster");
    }
    if (how.equals("checked")) {
      throw new IOException("internal detail");
    }
    throw new StackOverflowError("internal detail");
  }

  static void assertError(int status, int code, String reason, Api.Answer answer) {
    assertEquals(status, answer.status(), answer.http().body());
    assertEquals(code, answer.json().at("/error/code").asInt());
    assertEquals(reason, answer.json().at("/error/reason").asText());
    assertEquals(
        Optional.of("application/json; charset=UTF-8"),
        answer.http().headers().firstValue("Content-Type"));
  }

  @Override
  public void close() {
    server.close();
  }
}
