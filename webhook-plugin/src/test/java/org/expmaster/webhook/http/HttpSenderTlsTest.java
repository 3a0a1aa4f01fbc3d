package org.expmaster.webhook.http;

import static org.expmaster.webhook.http.Attempts.assertAnswered;
import static org.expmaster.webhook.http.Attempts.assertUnanswered;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import org.expmaster.webhook.http.Outcome.Kind;
import org.expmaster.webhook.testing.Certificate;
import org.expmaster.webhook.testing.RawServer;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificates the sender accepts, and what it says of others. */
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

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(Kind.TLS_EXPIRED, List.of("-startdate", "-20d", "-validity", "10")),
        Arguments.of(Kind.TLS_NOT_YET_VALID, List.of("-startdate", "+10d", "-validity", "10")),
        Arguments.of(Kind.TLS_BAD_CERTIFICATE, List.of("-ext", "eku=clientAuth")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theFaultOfACertificateIsNamed(Kind kind, List<String> options) throws Exception {
    Certificate faulty =
        Certificate.signed(directory, "dns:receiver.example", options.toArray(String[]::new));
    assertEnds(kind, faulty, faulty.listen());
  }

  @Test
  void aCertificateOfATrustedAuthorityIsAccepted() throws Exception {
    Certificate good = Certificate.signed(directory, "dns:receiver.example");
    try (RawServer receiver = receiver(good.listen());
        Attempts attempts = good.trustedBy(this::attempts)) {
      assertAnswered(200, attempts.send("https://receiver.example:" + receiver.port() + "/"));
    }
  }

  @ParameterizedTest
  @CsvSource({"70, TLS_FAILED", "40, TLS_FAILED", "112, TLS_UNKNOWN_NAME"})
  void aReceiverThatRefusesTheHandshakeIsNotBlamedForItsCertificate(byte alert, Kind kind)
      throws Exception {
    assertEnds(
        kind,
        RawServer.on(
            conversation -> {
              conversation.readBytes();
              conversation.write(new byte[] {21, 3, 3, 0, 2, 2, alert});
              conversation.waitForEnd();
            }));
  }

  @Test
  void neitherIsOneThatAsksForACertificateOfTheMaster() throws Exception {
    SSLServerSocket asking = certificate.listen();
    asking.setNeedClientAuth(true);
    assertEnds(Kind.TLS_FAILED, certificate, asking);
  }

  @Test
  void plainHttpToAPortForTlsIsSaidToBeThat() throws Exception {
    try (RawServer receiver = receiver(certificate.listen());
        Attempts attempts = attempts()) {
      assertUnanswered(
          Kind.TLS_EXPECTED, attempts.send("http://receiver.example:" + receiver.port() + "/"));
    }
  }

  @Test
  void aHandshakeThatNeverFinishesHasSentNothing() throws Exception {
    assertEnds(Kind.TLS_TIMED_OUT, RawServer.on(RawServer.Conversation::waitForEnd));
  }

  @Test
  void aReceiverThatClosesInTheHandshakeIsSaidToDoThat() throws Exception {
    assertEnds(Kind.TLS_CLOSED, RawServer.on(RawServer.Conversation::readBytes));
    assertEnds(
        Kind.TLS_CLOSED,
        RawServer.on(
            conversation -> {
              conversation.readBytes();
              conversation.reset();
            }));
  }

  @Test
  void aReceiverWithoutASiteOfThatNameIsSaidToBeThat() throws Exception {
    SSLServerSocket named = certificate.listen();
    SSLParameters known = named.getSSLParameters();
    known.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("another\\.example")));
    named.setSSLParameters(known);
    assertEnds(Kind.TLS_UNKNOWN_NAME, certificate, named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n",
        "220 mail.example ESMTP\r\n",
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
      })
  void aPortWithoutTlsIsSaidToBeThatWhateverItSpeaks(String greeting) throws Exception {
    assertEnds(
        Kind.TLS_NOT_SPOKEN,
        RawServer.on(
            conversation -> {
              conversation.write(greeting);
              conversation.waitForEnd();
            }));
  }

  @Test
  void anAnswerThatDoesNotComeOnceTlsIsUpIsNoMatterOfTls() throws Exception {
    try (RawServer receiver =
            new RawServer(certificate.listen(), RawServer.Conversation::waitForEnd);
        Attempts attempts = certificate.trustedBy(this::impatient)) {
      assertUnanswered(
          Kind.TIMED_OUT, attempts.send("https://receiver.example:" + receiver.port() + "/"));
    }
  }

  private void assertEnds(Kind kind, RawServer server) throws Exception {
    try (server;
        Attempts attempts = impatient()) {
      assertUnanswered(kind, attempts.send("https://receiver.example:" + server.port() + "/"));
    }
  }

  private Attempts impatient() {
    return new Attempts(
        new HttpSender(
            new Sender.Limits(Duration.ofMillis(500), Duration.ofSeconds(2)),
            8,
            "expmaster-webhooks/test",
            TestDestinations.direct(names, new TurnableClock(), "127.0.0.1")));
  }

  private void assertEnds(Kind kind, Certificate trusted, ServerSocket server) throws Exception {
    try (RawServer receiver = receiver(server);
        Attempts attempts = trusted.trustedBy(this::attempts)) {
      assertUnanswered(kind, attempts.send("https://receiver.example:" + receiver.port() + "/"));
      assertEquals(0, receiver.requests().size());
    }
  }

  private Attempts attempts() {
    return new Attempts(
        TestDestinations.direct(names, new TurnableClock(), "127.0.0.1"), Duration.ofSeconds(10));
  }

  private static RawServer receiver() throws Exception {
    return receiver(certificate.listen());
  }

  private static RawServer receiver(ServerSocket server) {
    return new RawServer(
        server,
        conversation -> {
          while (conversation.readRequest()) {
            conversation.write(Attempts.OK);
          }
        });
  }
}
