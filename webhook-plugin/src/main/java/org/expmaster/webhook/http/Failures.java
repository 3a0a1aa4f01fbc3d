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
import org.apache.hc.client5.http.ConnectTimeoutException;
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
    if (cause instanceof ConnectTimeoutException) {
      return Kind.CONNECT_TIMED_OUT;
    }
    // a time-out of the socket, or of waiting for the pool
    if (cause instanceof InterruptedIOException || cause instanceof TimeoutException) {
      return Kind.TIMED_OUT;
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return String.valueOf(cause.getMessage()).contains("refused")
          ? Kind.CONNECT_REFUSED
          : Kind.CONNECT_FAILED;
    }
    if (cause instanceof HttpException
        || cause instanceof MalformedChunkCodingException
        || cause instanceof MessageConstraintException) {
      return Kind.PROTOCOL_ERROR;
    }
    return Kind.CONNECTION_LOST;
  }

  /** With a proxy, it is the proxy that is looked up and connected to. */
  static Kind throughProxy(Kind kind) {
    return switch (kind) {
      case UNKNOWN_HOST, CONNECT_REFUSED, CONNECT_FAILED, CONNECT_TIMED_OUT -> Kind.PROXY_FAILED;
      default -> kind;
    };
  }

  /** Before the TLS handshake has finished, nothing of the request has been sent. */
  static Kind duringHandshake(Kind kind) {
    return switch (kind) {
      case TIMED_OUT -> Kind.TLS_TIMED_OUT;
      case CONNECTION_LOST -> Kind.TLS_CLOSED;
      default -> kind;
    };
  }

  /** The cause of a failed handshake says what is wrong with the certificate, if that was it. */
  private static Kind tls(Throwable failure) {
    Kind otherwise = Kind.TLS_FAILED;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return Kind.TLS_EXPIRED;
      }
      if (cause instanceof CertificateNotYetValidException) {
        return Kind.TLS_NOT_YET_VALID;
      }
      if (cause instanceof SSLPeerUnverifiedException || isOtherName(cause)) {
        return Kind.TLS_OTHER_NAME;
      }
      Kind told = handshake(cause);
      if (told != Kind.TLS_FAILED) {
        return told;
      }
      if (cause instanceof CertPathBuilderException) {
        otherwise = Kind.TLS_UNTRUSTED;
      } else if (otherwise == Kind.TLS_FAILED && cause instanceof CertificateException) {
        otherwise = Kind.TLS_BAD_CERTIFICATE;
      }
    }
    return otherwise;
  }

  /** Java has no exception of its own for a certificate without the host's name. */
  private static boolean isOtherName(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof CertificateException
        && (message.startsWith("No name matching") || message.startsWith("No subject alternative"));
  }

  /**
   * Nor has it one for bytes that are not of TLS, which sockets and engines word differently, nor
   * for the alert about a name. The HTTP client has none for a connection that just ended.
   */
  private static Kind handshake(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("recognized SSL message")) {
      return Kind.TLS_NOT_SPOKEN;
    }
    if (message.contains("unrecognized_name")) {
      return Kind.TLS_UNKNOWN_NAME;
    }
    return message.equals("TLS handshake failed") ? Kind.TLS_CLOSED : Kind.TLS_FAILED;
  }
}
