package org.expmaster.host.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A webhook receiver on loopback. */
final class Receiver implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final SignatureCheck check;
  private final Consumer<Delivery> deliveries;

  private Receiver(HttpServer server, SignatureCheck check, Consumer<Delivery> deliveries) {
    this.server = server;
    this.check = check;
    this.deliveries = deliveries;
  }

  /**
   * Starts to receive.
   *
   * @param deliveries called with each delivery, on the receiver's threads
   */
  static Receiver start(SignatureCheck check, Consumer<Delivery> deliveries) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Receiver receiver = new Receiver(HttpServer.create(anyPort, BACKLOG), check, deliveries);
    receiver.server.setExecutor(receiver.threads);
    receiver.server.createContext("/hook", receiver::handle);
    receiver.server.start();
    return receiver;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Instant now = Instant.now();
      String timestamp = exchange.getRequestHeaders().getFirst(SignatureCheck.TIMESTAMP);
      String signature = exchange.getRequestHeaders().getFirst(SignatureCheck.SIGNATURE);
      boolean verified = check.accepts(timestamp, signature, body, now);
      // answer before processing, as a receiver should
      exchange.sendResponseHeaders(verified ? 204 : 401, -1);
      deliveries.accept(Delivery.of(body, verified, now));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
