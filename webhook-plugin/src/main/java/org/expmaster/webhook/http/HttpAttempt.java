package org.expmaster.webhook.http;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.AsyncEntityProducers;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.expmaster.webhook.egress.Destination;

/**
 * One attempt, which ends once, by whatever comes first. If it finds that a pooled connection was
 * dead, it sends the request once more, on a new connection.
 */
final class HttpAttempt implements Sender.UnderWay, Destination.Visitor {
  private final OutgoingRequest request;
  private final Consumer<Outcome> done;
  private final Parts parts;
  private final long started = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicReference<Destination.Allowed> held = new AtomicReference<>();
  private volatile Try current;

  /**
   * What attempts share.
   *
   * @param throughProxy whether all requests go through a proxy
   * @param forget called with each attempt that has ended
   */
  record Parts(
      LivingClient client,
      PinnedAddresses pins,
      Mishaps mishaps,
      boolean throughProxy,
      Consumer<HttpAttempt> forget) {
    Outcome.Kind kind(Outcome.Kind direct) {
      return throughProxy ? Failures.throughProxy(direct) : direct;
    }
  }

  HttpAttempt(OutgoingRequest request, Consumer<Outcome> done, Parts parts) {
    this.request = request;
    this.done = done;
    this.parts = parts;
  }

  /** Called on the caller's thread or a look-up's, as are the visitor's other two methods. */
  @Override
  public void allowed(Destination.Allowed destination) {
    parts.pins().hold(destination);
    held.set(destination);
    execute(new Try(new Exchange(false, request.mayGo())));
  }

  @Override
  public void refused() {
    end(Outcome.Kind.REFUSED_ADDRESS);
  }

  @Override
  public void unknown() {
    end(parts.kind(Outcome.Kind.UNKNOWN_HOST));
  }

  private void execute(Try next) {
    current = next;
    if (!ended.get()) {
      next.begin();
    }
    if (ended.get()) {
      // it may have ended before there was a pin to release or a request to cancel
      unpin();
      next.cancel();
    }
  }

  /** Ends the attempt if its time, or that of its response body, is up. */
  void endIfOverdue(long nanoTime, Duration limit) {
    Try last = current;
    if (nanoTime - started >= limit.toNanos() || (last != null && last.isOverdue(nanoTime))) {
      cutShort(Outcome.Kind.TIMED_OUT);
    }
  }

  @Override
  public void cutShort(Outcome.Kind why) {
    end(why);
    Try last = current;
    if (last != null) {
      last.cancel();
    }
  }

  /** Ends the attempt with its response if a status has come, otherwise for this reason. */
  void end(Outcome.Kind otherwise) {
    Try last = current;
    end(last == null ? new Outcome.Unanswered(otherwise, took()) : last.answerOr(otherwise));
  }

  private void end(Outcome outcome) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    unpin();
    parts.forget().accept(this);
    try {
      done.accept(outcome);
    } catch (RuntimeException | Error thrown) {
      // if this is the client's thread, throwing it on would end that thread
      parts.mishaps().tell("what follows an attempt failed", thrown);
    }
  }

  private void unpin() {
    Destination.Allowed pinned = held.getAndSet(null);
    if (pinned != null) {
      parts.pins().release(pinned);
    }
  }

  private Duration took() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  private AsyncRequestProducer producer() {
    AsyncRequestBuilder builder =
        AsyncRequestBuilder.post(request.url())
            // as a header: an entity would want it parsed
            .addHeader(HttpHeaders.CONTENT_TYPE, request.contentType())
            .setEntity(AsyncEntityProducers.create(request.body(), null));
    request.headers().forEach(builder::addHeader);
    return builder.build();
  }

  /** The request on one connection. */
  private final class Try implements FutureCallback<Outcome.Answered> {
    private final Exchange exchange;
    private final ReplyConsumer reply = new ReplyConsumer(request.url(), HttpAttempt.this::took);
    private volatile CloseableHttpAsyncClient client;
    private volatile Future<?> future;

    Try(Exchange exchange) {
      this.exchange = exchange;
    }

    void begin() {
      try {
        client = parts.client().get();
        future = client.execute(producer(), reply, exchange, this);
      } catch (RuntimeException refused) {
        failed(refused);
      } catch (Error broken) {
        HttpAttempt.this.end(Outcome.Kind.CUT_SHORT);
        parts.mishaps().tell("sending failed", broken);
      }
    }

    void cancel() {
      Future<?> cancelled = future;
      if (cancelled != null) {
        cancelled.cancel(true);
      }
      exchange.endConnection();
    }

    boolean isOverdue(long nanoTime) {
      return reply.isOverdue(nanoTime);
    }

    Outcome answerOr(Outcome.Kind otherwise) {
      return reply
          .answer()
          .<Outcome>map(answered -> answered)
          .orElseGet(() -> new Outcome.Unanswered(whileSecuring(otherwise), took()));
    }

    @Override
    public void completed(Outcome.Answered outcome) {
      end(outcome);
    }

    @Override
    public void failed(Exception cause) {
      if (exchange.wasCalledBack()) {
        HttpAttempt.this.end(Outcome.Kind.CUT_SHORT);
      } else if (cause instanceof IOReactorShutdownException
          || cause instanceof CancellationException) {
        HttpAttempt.this.end(Outcome.Kind.CUT_SHORT);
        parts.client().replace(client);
      } else if (mayRepeat(cause)) {
        execute(new Try(new Exchange(true, request.mayGo())));
      } else {
        HttpAttempt.this.end(parts.kind(kind(cause)));
      }
    }

    private Outcome.Kind kind(Exception cause) {
      boolean isTlsExpected = !isHttps() && exchange.gotTls();
      return isTlsExpected ? Outcome.Kind.TLS_EXPECTED : Failures.kind(cause);
    }

    /** Until TLS is up, nothing is sent, and what goes wrong is a matter of the handshake. */
    private Outcome.Kind whileSecuring(Outcome.Kind otherwise) {
      boolean isSecuring = isHttps() && exchange.getSSLSession() == null;
      return isSecuring ? Failures.duringHandshake(otherwise) : otherwise;
    }

    private boolean isHttps() {
      return "https".equalsIgnoreCase(request.url().getScheme());
    }

    /**
     * A pooled connection that the receiver has closed must not cost an attempt. Nothing is
     * repeated on a new connection, after any byte of a response, or after a time-out.
     */
    private boolean mayRepeat(Exception cause) {
      return !ended.get()
          && exchange.foundItsConnectionDead()
          && !(cause instanceof InterruptedIOException)
          && !(cause instanceof TimeoutException);
    }

    @Override
    public void cancelled() {
      HttpAttempt.this.end(Outcome.Kind.TIMED_OUT);
    }
  }
}
