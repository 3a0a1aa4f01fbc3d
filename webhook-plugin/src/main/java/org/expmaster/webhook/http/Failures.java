package org.expmaster.webhook.http;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
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
      return Kind.TLS_FAILED;
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
}
