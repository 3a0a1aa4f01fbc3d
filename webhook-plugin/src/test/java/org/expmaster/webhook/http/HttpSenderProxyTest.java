package org.expmaster.webhook.http;

import static org.expmaster.webhook.http.Attempts.assertAnswered;
import static org.expmaster.webhook.http.Attempts.assertUnanswered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.Certificate;
import org.expmaster.webhook.testing.HttpProxy;
import org.expmaster.webhook.testing.RawServer;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests through a proxy on loopback, which is not otherwise allowed. */
final class HttpSenderProxyTest {
  private final ScriptedNames names = new ScriptedNames();
  private Attempts attempts;

  @TempDir Path directory;

  private Attempts open(String proxy) {
    attempts = new Attempts(TestDestinations.through(proxy, names), Duration.ofSeconds(10));
    return attempts;
  }

  @AfterEach
  void close() {
    attempts.close();
  }

  @Test
  void plainRequestsAreForwardedAndTheProxyResolvesTheName() throws Exception {
    try (RawServer receiver = RawServer.answering(Attempts.OK);
        HttpProxy proxy = new HttpProxy(Map.of("receiver.example:80", receiver.port()))) {
      open(proxy.url());
      assertAnswered(200, attempts.send("http://receiver.example/hook?a=b"));

      assertTrue(
          proxy.heads().remove().startsWith("POST http://receiver.example/hook?a=b HTTP/1.1\r\n"));
      String received = receiver.requests().remove();
      assertTrue(received.startsWith("POST /hook?a=b HTTP/1.1\r\n"), received);
      assertTrue(received.contains("Host: receiver.example\r\n"), received);
      assertTrue(received.contains("X-Test: yes\r\n"), received);
      assertEquals(List.of(), List.copyOf(names.asked()));
    }
  }

  @Test
  void encryptedRequestsAreTunnelledAndTheProxySeesNothingOfThem() throws Exception {
    Certificate certificate = Certificate.selfSigned(directory, "dns:receiver.example");
    try (RawServer receiver = tls(certificate);
        HttpProxy proxy = new HttpProxy(Map.of("receiver.example:443", receiver.port()))) {
      certificate.trustedBy(() -> open(proxy.url()));
      assertAnswered(200, attempts.send("https://receiver.example/secret"));

      String connect = proxy.heads().remove();
      assertTrue(connect.startsWith("CONNECT receiver.example:443 HTTP/1.1\r\n"), connect);
      assertFalse(connect.contains("X-Test") || connect.contains("secret"), connect);
      assertTrue(receiver.requests().remove().contains("X-Test: yes\r\n"));
    }
  }

  @Test
  void whoeverIsAtTheEndOfTheTunnelMustProveWhoTheyAre() throws Exception {
    Certificate certificate = Certificate.selfSigned(directory, "dns:other.example");
    try (RawServer impostor = tls(certificate);
        HttpProxy proxy = new HttpProxy(Map.of("receiver.example:443", impostor.port()))) {
      certificate.trustedBy(() -> open(proxy.url()));
      assertUnanswered(Kind.TLS_OTHER_NAME, attempts.send("https://receiver.example/"));
      assertEquals(0, impostor.requests().size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "https://169.254.169.254/",
        "http://10.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://localhost/",
        "https://api.LOCALHOST./",
      })
  void whatCanBeJudgedHereNeverReachesTheProxy(String url) throws Exception {
    try (HttpProxy proxy = new HttpProxy(Map.of())) {
      open(proxy.url());
      assertUnanswered(Kind.REFUSED_ADDRESS, attempts.send(url));
      assertEquals(0, proxy.connections());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"201 Created", "204 No Content", "299 Fine"})
  void aSuccessThatIsOnlyTheProxysIsNone(String status) throws Exception {
    try (RawServer proxy =
        RawServer.answering("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n")) {
      open("http://127.0.0.1:" + proxy.port());
      assertFalse(attempts.send("https://receiver.example/").succeeded());
    }
  }

  @Test
  void whatTheProxyRefusesIsAFailureLikeTheReceivers() throws Exception {
    try (HttpProxy proxy = new HttpProxy(Map.of())) {
      open(proxy.url());
      assertAnswered(502, attempts.send("http://unknown.example/"));
      assertAnswered(502, attempts.send("https://unknown.example/"));
    }
  }

  @Test
  void aProxyThatIsNotThereIsBlamedAndNotTheReceiver() throws Exception {
    names.answer("receiver.example", "127.0.0.1");
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    open("http://127.0.0.1:" + port);
    assertUnanswered(Kind.PROXY_FAILED, attempts.send("http://receiver.example/"));
    attempts.close();
    open("http://unknown.example:" + port);
    assertUnanswered(Kind.PROXY_FAILED, attempts.send("https://receiver.example/"));
  }

  @Test
  void theProxysOwnNameIsLookedUpAndMayBeAnywhere() throws Exception {
    try (RawServer receiver = RawServer.answering(Attempts.OK);
        HttpProxy proxy = new HttpProxy(Map.of("receiver.example:80", receiver.port()))) {
      names.answer("proxy.internal", "127.0.0.1");
      open(proxy.url().replace("127.0.0.1", "proxy.internal"));
      assertAnswered(200, attempts.send("http://receiver.example/"));
      assertEquals(List.of("proxy.internal"), List.copyOf(names.asked()));
    }
  }

  private static RawServer tls(Certificate certificate) throws Exception {
    return new RawServer(
        certificate.listen(),
        conversation -> {
          while (conversation.readRequest()) {
            conversation.write(Attempts.OK);
          }
        });
  }
}
