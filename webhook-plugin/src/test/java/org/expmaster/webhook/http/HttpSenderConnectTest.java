package org.expmaster.webhook.http;

import static org.expmaster.webhook.http.Attempts.assertUnanswered;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.Test;

/** A host that lets nobody connect is told apart from a receiver that does not answer. */
final class HttpSenderConnectTest {
  private static final Duration CONNECT = Duration.ofMillis(500);
  private static final Duration EXCHANGE = Duration.ofSeconds(30);

  @Test
  void aHostThatDropsConnectionsIsSaidToBeThat() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Attempts attempts = new Attempts(sender())) {
      // nobody accepts, so the kernel drops what comes once the backlog is full
      for (int i = 0; i < 2; i++) {
        waiting.add(new Socket(full.getInetAddress(), full.getLocalPort()));
      }
      assertUnanswered(
          Kind.CONNECT_TIMED_OUT, attempts.send("http://127.0.0.1:" + full.getLocalPort() + "/"));
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  private static HttpSender sender() {
    return new HttpSender(
        new Sender.Limits(CONNECT, EXCHANGE),
        8,
        "expmaster-webhooks/test",
        TestDestinations.direct(new ScriptedNames(), new TurnableClock(), "127.0.0.0/8"));
  }
}
