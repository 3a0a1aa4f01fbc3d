package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.AsyncEntityProducers;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.expmaster.webhook.egress.Destination;
import org.expmaster.webhook.egress.Destinations;
import org.expmaster.webhook.egress.Host;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends over HTTP/1.1 with pooled connections and two threads in all. The only one to know HTTP.
 */
public final class HttpSender implements Sender {
  private static final Logger log = LoggerFactory.getLogger(HttpSender.class);

  /** One look at all attempts now and then costs less than a timer for each. */
  private static final long SWEEP_MILLIS = 50;

  private final Destinations destinations;
  final PinnedAddresses pins = new PinnedAddresses();
  private final Supplier<CloseableHttpAsyncClient> clients;
  private final Duration exchangeLimit;
  private final ScheduledExecutorService deadlines;
  private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();
  private volatile CloseableHttpAsyncClient client;
  private volatile boolean closed;

  /**
   * A sender ready to send.
   *
   * @param maxInFlight how many requests its caller will have under way at once at most
   * @param userAgent how it introduces itself
   * @param destinations where it may send to; closed with the sender
   */
  public HttpSender(Limits limits, int maxInFlight, String userAgent, Destinations destinations) {
    this.destinations = destinations;
    exchangeLimit = limits.exchange();
    clients =
        () -> HttpClientSetup.client(limits, maxInFlight, userAgent, pins, destinations.proxy());
    client = clients.get();
    client.start();
    deadlines =
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "webhooks-deadlines"));
    deadlines.scheduleWithFixedDelay(
        this::endOverdue, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public UnderWay send(OutgoingRequest request, Consumer<Outcome> done) {
    Attempt attempt = new Attempt(done);
    underWay.add(attempt);
    if (closed) {
      attempt.end(new Outcome.Unanswered(Outcome.Kind.CUT_SHORT, Duration.ZERO));
    } else {
      attempt.begin(request);
    }
    return attempt;
  }

  private static AsyncRequestProducer producer(OutgoingRequest request) {
    AsyncRequestBuilder builder =
        AsyncRequestBuilder.post(request.url())
            .setEntity(
                AsyncEntityProducers.create(
                    request.body(), ContentType.parse(request.contentType())));
    request.headers().forEach(builder::setHeader);
    return builder.build();
  }

  private void endOverdue() {
    long now = System.nanoTime();
    try {
      for (Attempt attempt : underWay) {
        if (now - attempt.started >= exchangeLimit.toNanos()) {
          attempt.cutShort(Outcome.Kind.TIMED_OUT);
        }
      }
    } catch (RuntimeException | Error failed) {
      // thrown on, it would be the last sweep
      log.error("ending what takes too long failed, and is tried again", failed);
    }
  }

  /**
   * An error on the client's thread (no memory, for one) ends that thread, and the client with it.
   * It would fail every request from then on, and so bury every delivery.
   */
  private synchronized void replace(CloseableHttpAsyncClient dead) {
    if (client != dead || closed) {
      return;
    }
    log.error("the HTTP client has died, and is replaced");
    dead.close(CloseMode.IMMEDIATE);
    CloseableHttpAsyncClient alive = clients.get();
    alive.start();
    client = alive;
    if (closed) {
      // closing may have come too early to see it
      alive.close(CloseMode.IMMEDIATE);
    }
  }

  @Override
  public void close() {
    closed = true;
    deadlines.shutdownNow();
    underWay.forEach(attempt -> attempt.cutShort(Outcome.Kind.CUT_SHORT));
    destinations.close();
    // gracefully: an immediate close pulls the selector from under the client's own thread
    client.close(CloseMode.GRACEFUL);
  }

  /** One request under way, which ends once, by whichever comes first. */
  private final class Attempt implements FutureCallback<Reply>, UnderWay {
    private final Consumer<Outcome> done;
    private final long started = System.nanoTime();
    private final AtomicReference<Destination.Allowed> held = new AtomicReference<>();
    private volatile CloseableHttpAsyncClient usedClient;
    private volatile Future<?> exchange;
    private volatile boolean abandoned;

    Attempt(Consumer<Outcome> done) {
      this.done = done;
    }

    void begin(OutgoingRequest request) {
      Host.parse(request.url().getHost())
          .map(destinations::find)
          .orElseGet(() -> CompletableFuture.completedFuture(new Destination.Unknown()))
          .thenAccept(destination -> proceed(request, destination));
    }

    /** On the caller's thread, or on one that looked the host up. */
    private void proceed(OutgoingRequest request, Destination destination) {
      if (destination instanceof Destination.Allowed allowed) {
        pins.hold(allowed);
        held.set(allowed);
        execute(request);
      } else {
        Outcome.Kind why =
            destination instanceof Destination.Refused
                ? Outcome.Kind.REFUSED_ADDRESS
                : Outcome.Kind.UNKNOWN_HOST;
        end(new Outcome.Unanswered(why, took()));
      }
    }

    private void execute(OutgoingRequest request) {
      if (!underWay.contains(this)) {
        // its end may have come too early to see the pin
        unpin();
        return;
      }
      try {
        usedClient = client;
        exchange = usedClient.execute(producer(request), new ReplyConsumer(), this);
      } catch (RuntimeException refused) {
        failed(refused);
      }
      if (abandoned) {
        cancelExchange();
      }
    }

    @Override
    public void completed(Reply reply) {
      end(reply.after(took()));
    }

    @Override
    public void failed(Exception cause) {
      if (cause instanceof IOReactorShutdownException) {
        replace(usedClient);
        cutShort(Outcome.Kind.CUT_SHORT);
        return;
      }
      end(Failures.outcome(cause, took()));
    }

    @Override
    public void cancelled() {
      end(new Outcome.Unanswered(Outcome.Kind.TIMED_OUT, took()));
    }

    @Override
    public void cutShort(Outcome.Kind why) {
      abandoned = true;
      end(new Outcome.Unanswered(why, took()));
      cancelExchange();
    }

    private void cancelExchange() {
      if (exchange != null) {
        exchange.cancel(true);
      }
    }

    void end(Outcome outcome) {
      if (underWay.remove(this)) {
        unpin();
        done.accept(outcome);
      }
    }

    private void unpin() {
      Destination.Allowed pinned = held.getAndSet(null);
      if (pinned != null) {
        pins.release(pinned);
      }
    }

    private Duration took() {
      return Duration.ofNanos(System.nanoTime() - started);
    }
  }
}
