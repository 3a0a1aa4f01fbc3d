package org.expmaster.host.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.expmaster.host.testing.RawHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are malformed, or that a proxy could read otherwise. */
final class MalformedRequestsTest {
  private static EchoServer server;

  @BeforeAll
  static void start() throws Exception {
    server = EchoServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
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
}
