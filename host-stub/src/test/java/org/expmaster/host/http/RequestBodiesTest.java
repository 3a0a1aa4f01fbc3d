package org.expmaster.host.http;

import static org.expmaster.host.http.EchoServer.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.expmaster.host.testing.Api;
import org.expmaster.host.testing.RawHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies that are too large, not wanted, or slow to come. */
final class RequestBodiesTest {
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
  void aBodyOf10MegabytesIsAClear413AndTheServerRunsOn() {
    Api.Answer answer = server.nobody.post("/echo/x", "x".repeat(10 << 20));
    assertError(413, 3, "InvalidArgument", answer);
    assertEquals("the body must not be larger than 1048576 bytes", answer.error());
    assertEquals(
        1 << 20, server.nobody.post("/echo/x", "x".repeat(1 << 20)).ok().get("length").asInt());
    assertEquals(413, server.nobody.post("/echo/x", "x".repeat((1 << 20) + 1)).status());
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

  @Test
  void sendersThatAreSlowHoldNoThread() throws Exception {
    List<RawHttp> slow = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RawHttp raw = RawHttp.connect(server.port());
      raw.send("POST /echo/x HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
      slow.add(raw);
    }
    assertEquals(200, server.nobody.get("/echo/x").status());
    slow.get(99).send("67890");
    for (RawHttp raw : slow) {
      raw.close();
    }
  }
}
