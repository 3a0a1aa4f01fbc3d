package org.expmaster.host.http;

import static org.expmaster.host.http.EchoServer.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.expmaster.host.testing.Api;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may call a route, by token or by cookie. */
final class RequestAccessTest {
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
  void accessIsCheckedBeforeTheHandlerAndBeforeTheBodyIsRead() {
    assertError(401, 16, "Unauthenticated", server.nobody.withToken("stale").post("/user", "{}"));
    assertEquals("user", server.user.post("/user", "{}").ok().get("caller").asText());
    assertError(401, 16, "Unauthenticated", server.nobody.get("/admin"));
    assertError(403, 7, "PermissionDenied", server.user.get("/admin"));
    assertEquals("admin", server.admin.get("/admin").ok().get("caller").asText());
    assertError(401, 16, "Unauthenticated", server.nobody.post("/user", "x".repeat(2 << 20)));
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

  @Test
  void aTrialsCodeLogsInWithTheHeaderThatDeterminedsClientSends() {
    String name = "Grpc-Metadata-x-allocation-token";
    assertEquals(200, sendWith(List.of(name, "Bearer u"), List.of()).status());
    assertEquals(401, sendWith(List.of(name, "Bearer stale"), List.of()).status());
    assertEquals(
        200,
        sendWith(List.of(name, "Bearer stale"), List.of("Authorization", "Bearer u")).status());
  }

  private static Api.Answer sendWith(List<String> one, List<String> other) {
    var request = server.nobody.request("POST", "/user", "{}");
    request.header(one.get(0), one.get(1));
    if (!other.isEmpty()) {
      request.header(other.get(0), other.get(1));
    }
    return server.nobody.send(request);
  }
}
