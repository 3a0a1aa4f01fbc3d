package org.expmaster.webhook.http;

import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EndpointDetails;

/**
 * One request on one connection. It is the request's context, so the HTTP client carries it from
 * the sender to the connection.
 */
final class Exchange extends HttpClientContext {
  /** The maximum bytes received: interim responses, head, body, trailers and all framing. */
  static final int MAX_RECEIVED_BYTES = ReplyConsumer.MAX_BODY_BYTES + 64 * 1024;

  private final boolean onNewConnection;
  private final BooleanSupplier mayGo;
  private volatile boolean calledBack;
  private volatile boolean reused;
  private volatile long receivedBefore;
  private volatile MeteredSession session;

  /**
   * @param onNewConnection whether a connection from the pool must not be used
   * @param mayGo called right before the first byte is sent; if false, nothing is sent
   */
  Exchange(boolean onNewConnection, BooleanSupplier mayGo) {
    this.onNewConnection = onNewConnection;
    this.mayGo = mayGo;
  }

  boolean isOnNewConnection() {
    return onNewConnection;
  }

  /** Called once, on the client's own thread. */
  boolean mayGo() {
    calledBack = !mayGo.getAsBoolean();
    return !calledBack;
  }

  /** Returns whether nothing was sent because {@code mayGo} returned false. */
  boolean wasCalledBack() {
    return calledBack;
  }

  /** Notes that its connection has served another request before. */
  void reuses() {
    reused = true;
  }

  /**
   * Called when its connection begins to serve it.
   *
   * @param connectionReceived the number of bytes that the connection had received before
   */
  void begin(MeteredSession connection, long connectionReceived) {
    receivedBefore = connectionReceived;
    session = connection;
  }

  /**
   * Closes its connection. Cancelling the request is not enough: after an error status, the client
   * considers the request done, and the connection stays open for as long as the body lasts.
   */
  void endConnection() {
    MeteredSession begun = session;
    if (begun != null) {
      begun.endFor(this);
    }
  }

  /** Returns how many bytes its connection has received in all, as its protocol counts them. */
  long connectionReceived() {
    EndpointDetails endpoint = getEndpointDetails();
    return endpoint == null ? 0 : Math.max(0, endpoint.getReceivedBytesCount());
  }

  /** Returns how many bytes have been received since it began. */
  long received() {
    return session == null ? 0 : connectionReceived() - receivedBefore;
  }

  /** Returns whether the first byte on its connection was that of TLS, sent by the receiver. */
  boolean gotTls() {
    MeteredSession begun = session;
    return begun != null && begun.beganWithTls();
  }

  /** Returns whether its connection was reused and has received nothing since. */
  boolean foundItsConnectionDead() {
    return reused && received() == 0;
  }
}
