package org.expmaster.webhook.http;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.expmaster.webhook.http.Outcome.Kind;

/** Maps the HTTP client's exceptions to the reasons for unanswered attempts. */
final class Failures {
  private Failures() {}

  static Kind kind(Exception cause) {
    if (cause instanceof UnknownHostException) {
      return Kind.UNKNOWN_HOST;
    }
    if (cause instanceof SSLException) {
      return tls(cause);
    }
    // a time-out of the socket, of connecting, or of waiting for the pool
    if (cause instanceof InterruptedIOException || cause instanceof TimeoutException) {
      return Kind.TIMED_OUT;
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return Kind.CONNECT_FAILED;
    }
    if (cause instanceof HttpException
        || cause instanceof MalformedChunkCodingException
        || cause instanceof MessageConstraintException) {
      return Kind.PROTOCOL_ERROR;
    }
    return Kind.CONNECTION_LOST;
  }

  /** The cause of a failed handshake says what is wrong with the certificate, if that was it. */
  private static Kind tls(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException) {
        return Kind.TLS_EXPIRED;
      }
      if (cause instanceof SSLPeerUnverifiedException || isOtherName(cause)) {
        return Kind.TLS_OTHER_NAME;
      }
      if (cause instanceof CertPathBuilderException) {
        return Kind.TLS_UNTRUSTED;
      }
    }
    return Kind.TLS_FAILED;
  }

  /** Java has no exception of its own for a certificate without the host's name. */
  private static boolean isOtherName(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof CertificateException
        && (message.startsWith("No name matching") || message.startsWith("No subject alternative"));
  }
}
