package org.expmaster.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.expmaster.host.config.ConfigException;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.LogLines;
import org.expmaster.host.testing.RawHttp;
import org.expmaster.plugin.http.Access;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.plugin.http.Caller;
import org.expmaster.plugin.http.Request;
import org.expmaster.plugin.http.Response;
import org.expmaster.plugin.http.Routes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server over a real socket. */
final class HttpServerTest {
  private static HttpServer server;
  private static Api nobody;
  private static Api user;
  private static Api admin;

  @BeforeAll
  static void start() throws Exception {
    RouteTable table = new RouteTable();
    Routes routes = table.of("test");
    routes.add("POST", "/echo/{name}", Access.PUBLIC, HttpServerTest::echo);
    routes.add("GET", "/echo/{name}", Access.PUBLIC, HttpServerTest::echo);
    routes.add("POST", "/user", Access.LOGGED_IN, HttpServerTest::echo);
    routes.add("GET", "/admin", Access.ADMIN, HttpServerTest::echo);
    routes.add("GET", "/fails", Access.PUBLIC, HttpServerTest::fail);
    routes.add(
        "GET",
        "/page",
        Access.PUBLIC,
        request ->
            new Response(200, Map.of("Content-Type", "text/html", "Cache-Control", "a"), hi()));
    table.open("test");
    Map<String, Caller> callers =
        Map.of("u", new Caller(2, "user", false), "a", new Caller(1, "admin", true));
    server =
        HttpServer.start("127.0.0.1", 0, table, token -> Optional.ofNullable(callers.get(token)));
    nobody = Api.of(URI.create("http://127.0.0.1:" + server.port()));
    user = nobody.withToken("u");
    admin = nobody.withToken("a");
  }

  @AfterAll
  static void stop() {
    server.close();
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

  private static void assertError(int status, int code, String reason, Api.Answer answer) {
    assertEquals(status, answer.status(), answer.http().body());
    assertEquals(code, answer.json().at("/error/code").asInt());
    assertEquals(reason, answer.json().at("/error/reason").asText());
    assertEquals(
        Optional.of("application/json; charset=UTF-8"),
        answer.http().headers().firstValue("Content-Type"));
  }

  @Test
  void aPathAndItsQueryArriveDecoded() {
    var json = nobody.get("/echo/a%20%E2%82%AC?q=1%2B1&q=&r=%C3%A9").ok();
    assertEquals("a €", json.get("name").asText());
    assertEquals("[\"1+1\",\"\"]", json.at("/query/q").toString());
    assertEquals("[\"é\"]", json.at("/query/r").toString());
  }

  @Test
  void anUnknownPathIs404AndAnotherMethodIs405WithThoseAllowed() {
    assertError(404, 5, "NotFound", nobody.get("/nope"));
    Api.Answer answer = nobody.delete("/echo/x");
    assertError(405, 12, "Unimplemented", answer);
    assertEquals(Optional.of("GET, HEAD, POST"), answer.http().headers().firstValue("Allow"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/echo/%00", "/..%2fadmin", "/echo/..%2f..%2fadmin", "/echo/%ff", "/echo/%zz", "//echo/x",
        "/echo/%25", "/echo/%u0041", "/../../x", "/echo/x?q=%ff", "/echo/x?q=%zz", "echo"
      })
  void aPathThatIsNotWellFormedIs400InOurForm(String path) throws Exception {
    String answer = RawHttp.exchange(server.port(), "GET " + path + " HTTP/1.1");
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertTrue(answer.contains("{\"error\":{\"code\":3,\"reason\":\"InvalidArgument\""), answer);
    assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GARBAGE", "GET /echo/x HTTP/9.9", "GET /\u0001 HTTP/1.1"})
  void aRequestThatIsNoneIsRefusedInOurForm(String line) throws Exception {
    String answer = RawHttp.exchange(server.port(), line);
    assertTrue(answer.contains("{\"error\":{\"code\":"), answer);
  }

  @Test
  void aBodyOf10MegabytesIsAClear413AndTheServerRunsOn() {
    Api.Answer answer = nobody.post("/echo/x", "x".repeat(10 << 20));
    assertError(413, 3, "InvalidArgument", answer);
    assertEquals("the body must not be larger than 1048576 bytes", answer.error());
    assertEquals(1 << 20, nobody.post("/echo/x", "x".repeat(1 << 20)).ok().get("length").asInt());
    assertEquals(413, nobody.post("/echo/x", "x".repeat((1 << 20) + 1)).status());
  }

  @Test
  void aClientThatWritesEverythingBeforeItReadsSeesThe413Too() throws Exception {
    try (RawHttp raw = RawHttp.connect(server.port())) {
      raw.send(
          "POST /echo/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10000000\r\n\r\n");
      for (int i = 0; i < 100; i++) {
        raw.send("x".repeat(100_000));
      }
      assertTrue(raw.readAll().startsWith("HTTP/1.1 413 "));
    }
  }

  @Test
  void whoIsRefusedMaySendAnotherRequestUnlessTheServerClosesAndThenItSaysSo() throws Exception {
    String head = " HTTP/1.1\r\nHost: x\r\nContent-Length: ";
    try (RawHttp raw = RawHttp.connect(server.port())) {
      raw.send("POST /user" + head + "5\r\n\r\n12345GET /page HTTP/1.1\r\nHost: x\r\n\r\n");
      // the client asks before it sends the body, is refused, and sends nothing
      raw.send("POST /user" + head + "9\r\nExpect: 100-continue\r\n\r\n");
      String answers = raw.readAll();
      List<String> each = List.of(answers.split("(?=HTTP/1.1 )"));
      assertEquals(3, each.size(), answers);
      assertTrue(each.get(0).startsWith("HTTP/1.1 401 "), answers);
      assertTrue(each.get(1).startsWith("HTTP/1.1 200 "), answers);
      assertFalse((each.get(0) + each.get(1)).contains("Connection: close"), answers);
      assertTrue(each.get(2).startsWith("HTTP/1.1 401 "), answers);
      assertTrue(each.get(2).contains("Connection: close"), answers);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: gzip, chunked, gzip",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: xchunked",
        "Content-Length: +5",
        "Content-Length: -1",
        "Content-Length: 5 5",
        "Content-Length: 99999999999999999999",
        "Host: y",
        "A: b\r\n c",
        "A b"
      })
  void aHeadThatProxiesCouldReadOtherwiseIsRefusedAndNothingAfterItIsRead(String headers)
      throws Exception {
    try (RawHttp raw = RawHttp.connect(server.port())) {
      raw.send("POST /echo/x HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n");
      raw.send("0\r\n\r\nGET /page HTTP/1.1\r\nHost: x\r\n\r\n");
      String answer = raw.readAll();
      assertTrue(answer.matches("(?s)HTTP/1.1 (400|501) .*"), answer);
      assertTrue(answer.contains("Connection: close"), answer);
      assertEquals(1, answer.split("HTTP/1.1 ", -1).length - 1, answer);
    }
  }

  @Test
  void sendersThatAreSlowHoldNoThread() throws Exception {
    List<RawHttp> slow = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RawHttp raw = RawHttp.connect(server.port());
      raw.send("POST /echo/x HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
      slow.add(raw);
    }
    assertEquals(200, nobody.get("/echo/x").status());
    slow.get(99).send("67890");
    for (RawHttp raw : slow) {
      raw.close();
    }
  }

  @Test
  void aFailureIs500WithoutAnythingOfTheInsideAndFoundInTheLog() {
    for (String how : List.of("checked", "error")) {
      try (LogLines log = new LogLines()) {
        Api.Answer answer = nobody.get("/fails?how=" + how);
        assertError(500, 13, "Internal", answer);
        assertFalse(answer.http().body().contains("detail"), answer.http().body());
        String correlation = answer.error().substring(answer.error().lastIndexOf(' ') + 1);
        assertEquals(1, log.messages("told the caller as " + correlation).size());
      }
    }
    assertError(409, 10, "Aborted", nobody.get("/fails?how=known"));
  }

  @Test
  void accessIsCheckedBeforeTheHandlerAndBeforeTheBodyIsRead() {
    assertError(401, 16, "Unauthenticated", nobody.withToken("stale").post("/user", "{}"));
    assertEquals("user", user.post("/user", "{}").ok().get("caller").asText());
    assertError(401, 16, "Unauthenticated", nobody.get("/admin"));
    assertError(403, 7, "PermissionDenied", user.get("/admin"));
    assertEquals("admin", admin.get("/admin").ok().get("caller").asText());
    assertError(401, 16, "Unauthenticated", nobody.post("/user", "x".repeat(2 << 20)));
  }

  @Test
  void aCookieLogsInButNotFromAnotherSitesPage() {
    var cookie = List.of("Cookie", "x=1; auth=u; y=2");
    assertEquals(200, sendWith(cookie, List.of()).status());
    assertEquals(200, sendWith(cookie, List.of("Sec-Fetch-Site", "same-origin")).status());
    Api.Answer foreign = sendWith(cookie, List.of("Sec-Fetch-Site", "same-site"));
    assertError(403, 7, "PermissionDenied", foreign);
    assertError(403, 7, "PermissionDenied", sendWith(cookie, List.of("Origin", "http://evil")));
    var bearer = List.of("Authorization", "bearer u");
    assertEquals(200, sendWith(bearer, List.of("Sec-Fetch-Site", "cross-site")).status());
  }

  private static Api.Answer sendWith(List<String> one, List<String> other) {
    var request = nobody.request("POST", "/user", "{}");
    request.header(one.get(0), one.get(1));
    if (!other.isEmpty()) {
      request.header(other.get(0), other.get(1));
    }
    return nobody.send(request);
  }

  @Test
  void headIsGetWithoutTheBody() throws Exception {
    String answer = RawHttp.exchange(server.port(), "HEAD /page HTTP/1.1");
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.contains("Content-Length: 2\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @Test
  void everyResponseHasTheHeadersThatProtectUnlessAHandlerKnowsBetter() {
    var headers = nobody.get("/page").http().headers();
    assertEquals(Optional.of("nosniff"), headers.firstValue("X-Content-Type-Options"));
    assertEquals(Optional.of("DENY"), headers.firstValue("X-Frame-Options"));
    assertEquals(List.of("a"), headers.allValues("Cache-Control"));
    assertEquals(Optional.empty(), headers.firstValue("Server"));
    var api = nobody.get("/echo/x").http().headers();
    assertEquals(List.of("no-store"), api.allValues("Cache-Control"));
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    var failure =
        assertThrows(
            ConfigException.class,
            () ->
                HttpServer.start(
                    "127.0.0.1", server.port(), new RouteTable(), t -> Optional.empty()));
    assertEquals(
        "cannot listen on 127.0.0.1:" + server.port() + ": Address already in use",
        failure.getMessage());
  }
}
