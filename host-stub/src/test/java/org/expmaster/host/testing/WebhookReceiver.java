package org.expmaster.host.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A receiver on loopback that keeps all requests and answers as configured. */
public final class WebhookReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Function<Received, Answer> answers = request -> Answer.status(200);

  private WebhookReceiver(HttpServer server) {
    this.server = server;
  }

  /** A request, with the time at which it was complete. */
  @SuppressWarnings("ArrayRecordComponent") // requests are not compared
  public record Received(String path, Headers headers, byte[] body, Instant at) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public String header(String name) {
      return headers.getFirst(name);
    }
  }

  /** What to answer, and after how long. */
  public record Answer(int status, Map<String, String> headers, String body, Duration after) {
    public static Answer status(int status) {
      return new Answer(status, Map.of(), "", Duration.ZERO);
    }

    /** Returns the same answer, delayed. */
    public Answer after(Duration delay) {
      return new Answer(status, headers, body, delay);
    }
  }

  public static WebhookReceiver start() throws IOException {
    return start(0);
  }

  /** Starts a receiver on this port, so that one can come back at the same address. */
  public static WebhookReceiver start(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    WebhookReceiver receiver = new WebhookReceiver(HttpServer.create(address, 1024));
    receiver.server.setExecutor(receiver.threads);
    receiver.server.createContext("/", receiver::handle);
    receiver.server.start();
    return receiver;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** Sets how requests are answered from now on. Called on the receiver's threads. */
  public void answer(Function<Received, Answer> how) {
    answers = how;
  }

  /** Returns all requests in order of arrival, including those answered with an error. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** Waits until there are at least this many requests. */
  public List<Received> await(int count, Duration within) {
    Wait.until(
        () -> count + " requests, where there are " + received.size(),
        within,
        () -> received.size() >= count);
    return received();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Received request =
          new Received(
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              body,
              Instant.now());
      received.add(request);
      Answer answer = answers.apply(request);
      TimeUnit.NANOSECONDS.sleep(answer.after().toNanos());
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
      exchange.getResponseBody().write(text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
