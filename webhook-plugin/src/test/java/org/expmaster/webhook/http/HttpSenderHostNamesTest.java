package org.expmaster.webhook.http;

import static org.expmaster.webhook.http.Attempts.assertAnswered;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Locale;
import org.expmaster.webhook.testing.RawServer;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that the URL or the HTTP client has its own ideas of reach the receiver as written. */
final class HttpSenderHostNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"xn--bcher-kva.test", "my_service", "a_b.c-d.example", "Receiver.Example"})
  void aNameIsResolvedAndSentAsItIs(String name) throws Exception {
    ScriptedNames names = new ScriptedNames().answer(name.toLowerCase(Locale.ROOT), "127.0.0.1");
    try (RawServer receiver = RawServer.answering(Attempts.OK);
        Attempts attempts =
            new Attempts(
                TestDestinations.direct(names, new TurnableClock(), "127.0.0.1"),
                Duration.ofSeconds(10))) {
      String url = "http://" + name + ":" + receiver.port() + "/a?x=a%7Cb";
      assertAnswered(200, attempts.send(url));
      String request = receiver.requests().remove().toLowerCase(Locale.ROOT);
      assertTrue(request.startsWith("post /a?x=a%7cb http/1.1\r\n"), request);
      assertTrue(
          request.contains("host: " + name.toLowerCase(Locale.ROOT) + ":" + receiver.port()),
          request);
    }
  }
}
