package org.expmaster.host.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import org.expmaster.host.receiver.Incoming;
import org.expmaster.host.receiver.LoopbackServer;
import org.expmaster.host.receiver.SignatureCheck;

/** A webhook receiver on loopback. */
final class Receiver implements AutoCloseable {
  private static final int THREADS = 4;

  private final SignatureCheck check;
  private final Consumer<Delivery> deliveries;
  private final LoopbackServer server;

  private Receiver(SignatureCheck check, Consumer<Delivery> deliveries) throws IOException {
    this.check = check;
    this.deliveries = deliveries;
    this.server = LoopbackServer.start(0, THREADS, this::handle);
  }

  /**
   * Starts to receive.
   *
   * @param deliveries called with each delivery, on the receiver's threads
   */
  static Receiver start(SignatureCheck check, Consumer<Delivery> deliveries) throws IOException {
    return new Receiver(check, deliveries);
  }

  URI url() {
    return server.url("/hook");
  }

  private void handle(Incoming request, HttpExchange exchange) throws IOException {
    boolean verified = check.accepts(request);
    // answer before processing, as a receiver should
    exchange.sendResponseHeaders(verified ? 204 : 401, -1);
    deliveries.accept(Delivery.of(request.body(), verified, request.at()));
  }

  @Override
  public void close() {
    server.close();
  }
}
