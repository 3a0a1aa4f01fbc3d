package org.expmaster.webhook.http;

import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EndpointDetails;

/**
 * One request on one connection, as the wire sees it. The HTTP client carries it from the sender to
 * the connection, as the context of the request.
 */
final class Exchange extends HttpClientContext {
  /** What may come back in all: interim answers, head, body, trailers and whatever frames them. */
  static final int MAX_RECEIVED_BYTES = ReplyConsumer.MAX_BODY_BYTES + 64 * 1024;

  private final boolean onNewConnection;
  private final BooleanSupplier mayGo;
  private volatile boolean calledBack;
  private volatile boolean reused;
  private volatile long receivedBefore;
  private volatile MeteredSession session;

  /**
   * @param onNewConnection whether a connection from the pool must not be used
   * @param mayGo is asked right before the first byte goes out
   */
  Exchange(boolean onNewConnection, BooleanSupplier mayGo) {
    this.onNewConnection = onNewConnection;
    this.mayGo = mayGo;
  }

  boolean isOnNewConnection() {
    return onNewConnection;
  }

  /** Asked once, on the client's own thread. */
  boolean mayGo() {
    calledBack = !mayGo.getAsBoolean();
    return !calledBack;
  }

  /** Whether nothing was sent because it might not go any more. */
  boolean wasCalledBack() {
    return calledBack;
  }

  /** It has a connection that served another request before. */
  void reuses() {
    reused = true;
  }

  /**
   * Its connection begins with it.
   *
   * @param connectionReceived how many bytes had come over that connection before
   */
  void begin(MeteredSession connection, long connectionReceived) {
    receivedBefore = connectionReceived;
    session = connection;
  }

  /**
   * Ends its connection. Cancelling a request is not enough: where the status is an error, the
   * client takes the request for done, and its connection goes on for as long as the body does.
   */
  void endConnection() {
    MeteredSession begun = session;
    if (begun != null) {
      begun.endFor(this);
    }
  }

  /** How many bytes have come over its connection in all, as its protocol counts them. */
  long connectionReceived() {
    EndpointDetails endpoint = getEndpointDetails();
    return endpoint == null ? 0 : Math.max(0, endpoint.getReceivedBytesCount());
  }

  /** How many bytes have come since it began. */
  long received() {
    return session == null ? 0 : connectionReceived() - receivedBefore;
  }

  /** Whether its connection was another's before, and brought nothing since. */
  boolean foundItsConnectionDead() {
    return reused && received() == 0;
  }
}
