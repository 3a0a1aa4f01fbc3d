package org.expmaster.webhook.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.TimeValue;
import org.expmaster.webhook.egress.Destinations;

/** Makes real HTTP clients that throw where a test wants them to. */
final class FaultyClients implements HttpClients {
  private final HttpClientSetup setup;
  final List<Faulty> made = new CopyOnWriteArrayList<>();
  volatile Throwable thrownByMaking;

  FaultyClients(Destinations destinations) {
    Duration limit = Duration.ofSeconds(10);
    setup =
        new HttpClientSetup(
            new Sender.Limits(limit, limit), 8, "expmaster-webhooks/test", destinations.proxy());
  }

  @Override
  public CloseableHttpAsyncClient make(DnsResolver addresses, ThreadFactory threads) {
    raise(thrownByMaking);
    Faulty client = new Faulty(setup.make(addresses, threads));
    made.add(client);
    return client;
  }

  static void raise(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** A real client that throws if the test says so. */
  static final class Faulty extends CloseableHttpAsyncClient {
    private final CloseableHttpAsyncClient client;
    volatile Throwable thrownByExecuting;
    volatile Throwable thrownByClosing;

    private Faulty(CloseableHttpAsyncClient client) {
      this.client = client;
    }

    /** Returns the real client, without the faults. */
    CloseableHttpAsyncClient real() {
      return client;
    }

    @Override
    protected <T> Future<T> doExecute(
        HttpHost target,
        AsyncRequestProducer producer,
        AsyncResponseConsumer<T> consumer,
        HandlerFactory<AsyncPushConsumer> pushHandlers,
        HttpContext context,
        FutureCallback<T> callback) {
      raise(thrownByExecuting);
      return client.execute(target, producer, consumer, pushHandlers, context, callback);
    }

    @Override
    public void start() {
      client.start();
    }

    @Override
    public void close(CloseMode mode) {
      client.close(mode);
      raise(thrownByClosing);
    }

    @Override
    public void close() {
      close(CloseMode.GRACEFUL);
    }

    @Override
    public IOReactorStatus getStatus() {
      return client.getStatus();
    }

    @Override
    public void awaitShutdown(TimeValue time) throws InterruptedException {
      client.awaitShutdown(time);
    }

    @Override
    public void initiateShutdown() {
      client.initiateShutdown();
    }

    @Override
    public void register(String host, String pattern, Supplier<AsyncPushConsumer> supplier) {
      client.register(host, pattern, supplier);
    }
  }
}
