package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.AsyncEntityProducers;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends over HTTP/1.1 with pooled connections and two threads in all. The only one to know HTTP.
 */
public final class HttpSender implements Sender {
  private static final TimeValue IDLE_CONNECTION = TimeValue.ofSeconds(30);

  private final CloseableHttpAsyncClient client;
  private final Duration exchangeLimit;
  private final ScheduledThreadPoolExecutor deadlines;
  private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * A sender ready to send.
   *
   * @param maxInFlight how many requests its caller will have under way at once at most
   * @param userAgent how it introduces itself
   */
  public HttpSender(Limits limits, int maxInFlight, String userAgent) {
    exchangeLimit = limits.exchange();
    client = client(limits, maxInFlight, userAgent);
    client.start();
    deadlines = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "webhooks-deadlines"));
    deadlines.setRemoveOnCancelPolicy(true);
  }

  private static CloseableHttpAsyncClient client(Limits limits, int maxInFlight, String userAgent) {
    Timeout exchange = Timeout.of(limits.exchange());
    PoolingAsyncClientConnectionManager connections =
        PoolingAsyncClientConnectionManagerBuilder.create()
            // the defaults, 5 a route and 25 in all, would be bulkheads of their own
            .setMaxConnPerRoute(maxInFlight)
            .setMaxConnTotal(2 * maxInFlight)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(limits.connect()))
                    .setSocketTimeout(exchange)
                    .build())
            .setDefaultTlsConfig(
                TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
            .build();
    return HttpAsyncClients.custom()
        .setConnectionManager(connections)
        .setIOReactorConfig(
            IOReactorConfig.custom().setIoThreadCount(1).setTcpNoDelay(true).build())
        .setThreadFactory(task -> new Thread(task, "webhooks-http"))
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(exchange)
                .setResponseTimeout(exchange)
                .build())
        .setUserAgent(userAgent)
        .evictIdleConnections(IDLE_CONNECTION)
        .evictExpiredConnections()
        // what is promised is one request as signed: nothing repeated, followed, added or unpacked
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  @Override
  public void send(OutgoingRequest request, Consumer<Outcome> done) {
    Attempt attempt = new Attempt(done);
    underWay.add(attempt);
    if (closed) {
      attempt.end(new Outcome.Unanswered(Outcome.Kind.CUT_SHORT, Duration.ZERO));
      return;
    }
    try {
      attempt.begin(producer(request));
    } catch (RuntimeException refused) {
      attempt.failed(refused);
    }
  }

  private static AsyncRequestProducer producer(OutgoingRequest request) {
    AsyncRequestBuilder builder =
        AsyncRequestBuilder.post(request.url())
            .setEntity(AsyncEntityProducers.create(request.body(), ContentType.APPLICATION_JSON));
    request.headers().forEach(builder::setHeader);
    return builder.build();
  }

  @Override
  public void close() {
    closed = true;
    deadlines.shutdownNow();
    underWay.forEach(Attempt::cutShort);
    // gracefully: an immediate close pulls the selector from under the client's own thread
    client.close(CloseMode.GRACEFUL);
  }

  /** One request under way, which ends once, by whichever comes first. */
  private final class Attempt implements FutureCallback<Reply> {
    private final Consumer<Outcome> done;
    private final long started = System.nanoTime();
    private volatile Future<?> exchange;
    private volatile ScheduledFuture<?> deadline;

    Attempt(Consumer<Outcome> done) {
      this.done = done;
    }

    void begin(AsyncRequestProducer producer) {
      exchange = client.execute(producer, new ReplyConsumer(), this);
      deadline =
          deadlines.schedule(
              () -> abandon(Outcome.Kind.TIMED_OUT),
              exchangeLimit.toMillis(),
              TimeUnit.MILLISECONDS);
    }

    @Override
    public void completed(Reply reply) {
      end(reply.after(took()));
    }

    @Override
    public void failed(Exception cause) {
      end(Failures.outcome(cause, took()));
    }

    @Override
    public void cancelled() {
      end(new Outcome.Unanswered(Outcome.Kind.TIMED_OUT, took()));
    }

    void cutShort() {
      abandon(Outcome.Kind.CUT_SHORT);
    }

    private void abandon(Outcome.Kind why) {
      end(new Outcome.Unanswered(why, took()));
      if (exchange != null) {
        exchange.cancel(true);
      }
    }

    void end(Outcome outcome) {
      if (underWay.remove(this)) {
        if (deadline != null) {
          deadline.cancel(false);
        }
        done.accept(outcome);
      }
    }

    private Duration took() {
      return Duration.ofNanos(System.nanoTime() - started);
    }
  }
}
