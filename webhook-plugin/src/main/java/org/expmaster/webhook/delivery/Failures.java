package org.expmaster.webhook.delivery;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.expmaster.webhook.delivery.Outcome.Kind;

/** What the HTTP client's exceptions mean. */
final class Failures {
  private Failures() {}

  static Outcome outcome(Exception cause, Duration took) {
    if (cause instanceof ReplyConsumer.TooLong tooLong) {
      return tooLong.reply().after(took);
    }
    return new Outcome.Unanswered(kind(cause), took);
  }

  private static Kind kind(Exception cause) {
    if (cause instanceof UnknownHostException) {
      return Kind.UNKNOWN_HOST;
    }
    if (cause instanceof SSLException) {
      return Kind.TLS_FAILED;
    }
    if (cause instanceof SocketTimeoutException || cause instanceof TimeoutException) {
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
