package org.expmaster.host.http;

import static org.expmaster.host.http.EchoServer.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.expmaster.host.config.ConfigException;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.LogLines;
import org.expmaster.host.testing.RawHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server over a real socket. */
final class HttpServerTest {
  private static EchoServer server;

  @BeforeAll
  static void start() throws Exception {
    server = EchoServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aPathAndItsQueryArriveDecoded() {
    var json = server.nobody.get("/echo/a%20%E2%82%AC?q=1%2B1&q=&r=%C3%A9").ok();
    assertEquals("a €", json.get("name").asText());
    assertEquals("[\"1+1\",\"\"]", json.at("/query/q").toString());
    assertEquals("[\"é\"]", json.at("/query/r").toString());
  }

  @Test
  void anUnknownPathIs404AndAnotherMethodIs405WithThoseAllowed() {
    assertError(404, 5, "NotFound", server.nobody.get("/nope"));
    Api.Answer answer = server.nobody.delete("/echo/x");
    assertError(405, 12, "Unimplemented", answer);
    assertEquals(Optional.of("GET, HEAD, POST"), answer.http().headers().firstValue("Allow"));
  }

  @Test
  void aFailureIs500WithoutAnythingOfTheInsideAndFoundInTheLog() {
    for (String how : List.of("checked", "error")) {
      try (LogLines log = new LogLines()) {
        Api.Answer answer = server.nobody.get("/fails?how=" + how);
        assertError(500, 13, "Internal", answer);
        assertFalse(answer.http().body().contains("detail"), answer.http().body());
        String correlation = answer.error().substring(answer.error().lastIndexOf(' ') + 1);
        assertEquals(1, log.messages("told the caller as " + correlation).size());
      }
    }
    assertError(409, 10, "Aborted", server.nobody.get("/fails?how=known"));
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
    var headers = server.nobody.get("/page").http().headers();
    assertEquals(Optional.of("nosniff"), headers.firstValue("X-Content-Type-Options"));
    assertEquals(Optional.of("DENY"), headers.firstValue("X-Frame-Options"));
    assertEquals(List.of("a"), headers.allValues("Cache-Control"));
    assertEquals(Optional.empty(), headers.firstValue("Server"));
    var api = server.nobody.get("/echo/x").http().headers();
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
