package org.expmaster.webhook.http;

import static org.expmaster.webhook.http.Attempts.assertAnswered;
import static org.expmaster.webhook.http.Attempts.assertUnanswered;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.Certificate;
import org.expmaster.webhook.testing.RawServer;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificates the sender accepts. */
final class HttpSenderTlsTest {
  @TempDir static Path directory;
  private static Certificate certificate;

  private final ScriptedNames names =
      new ScriptedNames()
          .answer("receiver.example", "127.0.0.1")
          .answer("other.example", "127.0.0.1");

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = Certificate.selfSigned(directory, "dns:receiver.example,ip:127.0.0.1");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsATlsFailure() throws Exception {
    try (RawServer receiver = receiver();
        Attempts attempts = attempts()) {
      assertUnanswered(
          Kind.TLS_UNTRUSTED, attempts.send("https://receiver.example:" + receiver.port() + "/"));
      assertEquals(0, receiver.requests().size());
    }
  }

  @Test
  void aCertificateThatIsTrustedIsGoodForItsOwnNamesAlone() throws Exception {
    try (RawServer receiver = receiver();
        Attempts attempts = certificate.trustedBy(this::attempts)) {
      String port = ":" + receiver.port() + "/";
      assertAnswered(200, attempts.send("https://receiver.example" + port));
      assertAnswered(200, attempts.send("https://127.0.0.1" + port));
      assertUnanswered(Kind.TLS_OTHER_NAME, attempts.send("https://other.example" + port));
      assertEquals(2, receiver.requests().size());
    }
  }

  private Attempts attempts() {
    return new Attempts(
        TestDestinations.direct(names, new TurnableClock(), "127.0.0.1"), Duration.ofSeconds(10));
  }

  private static RawServer receiver() throws Exception {
    return new RawServer(
        certificate.listen(),
        conversation -> {
          while (conversation.readRequest()) {
            conversation.write(Attempts.OK);
          }
        });
  }
}
