package org.expmaster.webhook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.expmaster.webhook.http.Outcome.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a certificate stands deep in what a handshake throws. */
class FailuresTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new CertificateExpiredException("NotAfter: …"), Kind.TLS_EXPIRED),
        Arguments.of(new CertificateNotYetValidException("NotBefore: …"), Kind.TLS_NOT_YET_VALID),
        Arguments.of(new CertPathBuilderException("unable to find …"), Kind.TLS_UNTRUSTED),
        Arguments.of(
            new CertificateException("No name matching a.example found"), Kind.TLS_OTHER_NAME),
        Arguments.of(
            new CertificateException("No subject alternative DNS name …"), Kind.TLS_OTHER_NAME),
        Arguments.of(
            new CertificateException("Certificates do not conform"), Kind.TLS_BAD_CERTIFICATE));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theReasonIsFoundHoweverDeepItIs(Exception reason, Kind kind) {
    CertificateException wrapped =
        new CertificateException(
            "PKIX path validation failed", new CertPathValidatorException("timestamp", reason));
    SSLHandshakeException handshake = new SSLHandshakeException("PKIX path validation failed");
    handshake.initCause(wrapped);
    assertEquals(kind, Failures.kind(handshake));
  }

  @Test
  void untilTlsIsUpNothingWasSentThatTheReceiverMayHaveProcessed() {
    Kind silent = Failures.kind(new SocketTimeoutException());
    assertEquals(Kind.TLS_TIMED_OUT, Failures.duringHandshake(silent));
    assertEquals(
        Kind.TLS_CLOSED, Failures.duringHandshake(Failures.kind(new IOException("reset"))));
    assertEquals(Kind.CONNECT_REFUSED, Failures.duringHandshake(Kind.CONNECT_REFUSED));
  }
}
