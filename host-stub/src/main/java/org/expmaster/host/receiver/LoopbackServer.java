package org.expmaster.host.receiver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small HTTP server on loopback. */
public final class LoopbackServer implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final HttpServer server;
  private final ExecutorService threads;

  private LoopbackServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** Handles one request. */
  @FunctionalInterface
  public interface Handler {
    void handle(Incoming request, HttpExchange exchange) throws IOException, InterruptedException;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   * @param threads how many requests are handled at once; others wait
   */
  public static LoopbackServer start(int port, int threads, Handler handler) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    LoopbackServer loopback =
        new LoopbackServer(
            HttpServer.create(address, BACKLOG), Executors.newFixedThreadPool(threads));
    loopback.server.setExecutor(loopback.threads);
    loopback.server.createContext("/", exchange -> handle(handler, exchange));
    loopback.server.start();
    return loopback;
  }

  private static void handle(Handler handler, HttpExchange exchange) throws IOException {
    try (exchange) {
      handler.handle(Incoming.read(exchange), exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
