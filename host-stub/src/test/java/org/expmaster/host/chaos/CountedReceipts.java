package org.expmaster.host.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Receivers for very many deliveries, one path each, which only count them. */
final class CountedReceipts implements AutoCloseable {
  private static final Pattern EXPERIMENT = Pattern.compile("\"experiment\":\\{\"id\":(\\d+)");

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;
  private final Map<Delivery, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder all = new LongAdder();

  /** What must come once. */
  record Delivery(String path, long experiment, String eventId) {}

  private CountedReceipts(HttpServer server) {
    this.server = server;
  }

  static CountedReceipts start() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    CountedReceipts receipts = new CountedReceipts(HttpServer.create(any, 1024));
    receipts.server.setExecutor(receipts.threads);
    receipts.server.createContext("/", receipts::take);
    receipts.server.start();
    return receipts;
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
      Matcher experiment = EXPERIMENT.matcher(body);
      long id = experiment.find() ? Long.parseLong(experiment.group(1)) : 0;
      String event = exchange.getRequestHeaders().getFirst("webhook-id");
      Delivery delivery = new Delivery(exchange.getRequestURI().getPath(), id, event);
      counts.computeIfAbsent(delivery, none -> new LongAdder()).increment();
      all.increment();
      exchange.sendResponseHeaders(200, -1);
    }
  }

  long count() {
    return all.sum();
  }

  /** Returns how many deliveries came more than once. */
  long doubled() {
    return counts.values().stream().filter(count -> count.sum() > 1).count();
  }

  /** Returns the ends that some path was not told of, or was told of as more than one event. */
  List<String> missingOrDifferent(Set<Long> ended, Set<String> paths) {
    Map<String, LongAdder> events = new ConcurrentHashMap<>();
    for (Delivery delivery : counts.keySet()) {
      events
          .computeIfAbsent(delivery.path + " " + delivery.experiment, none -> new LongAdder())
          .increment();
    }
    List<String> wrong = new ArrayList<>();
    for (long experiment : ended) {
      for (String path : paths) {
        LongAdder found = events.get(path + " " + experiment);
        if (found == null || found.sum() != 1) {
          wrong.add(path + " " + experiment + ": " + (found == null ? 0 : found));
        }
      }
    }
    return wrong;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
