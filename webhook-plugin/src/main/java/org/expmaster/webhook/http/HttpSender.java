package org.expmaster.webhook.http;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.expmaster.webhook.egress.Destination;
import org.expmaster.webhook.egress.Destinations;
import org.expmaster.webhook.egress.Host;

/** Sends over HTTP/1.1 with pooled connections and a single I/O thread. */
public final class HttpSender implements Sender {
  final PinnedAddresses pins = new PinnedAddresses();
  private final Destinations destinations;
  private final Duration exchangeLimit;
  private final Mishaps mishaps = new Mishaps();
  private final LivingClient client;
  private final HttpAttempt.Parts parts;
  private final Set<HttpAttempt> underWay = ConcurrentHashMap.newKeySet();

  /** Scanning all attempts now and then costs less than a timer for each. */
  private final Sweeper deadlines;

  private volatile boolean closed;

  /**
   * Creates a sender that is ready to send.
   *
   * @param maxInFlight the maximum number of requests that the caller has in flight, from which the
   *     maximum number of connections follows
   * @param userAgent the value of the User-Agent header
   * @param destinations resolves and checks hosts; closed with the sender
   */
  public HttpSender(Limits limits, int maxInFlight, String userAgent, Destinations destinations) {
    this(
        limits.exchange(),
        destinations,
        new HttpClientSetup(limits, maxInFlight, userAgent, destinations.proxy()));
  }

  HttpSender(Duration exchangeLimit, Destinations destinations, HttpClients clients) {
    this.exchangeLimit = exchangeLimit;
    this.destinations = destinations;
    client = new LivingClient(threads -> clients.make(pins, threads), mishaps);
    parts =
        new HttpAttempt.Parts(
            client, pins, mishaps, destinations.proxy().isPresent(), underWay::remove);
    deadlines = new Sweeper("webhooks-deadlines", this::sweep, mishaps);
  }

  @Override
  public UnderWay send(OutgoingRequest request, Consumer<Outcome> done) {
    HttpAttempt attempt = new HttpAttempt(request, done, parts);
    underWay.add(attempt);
    if (closed) {
      attempt.cutShort(Outcome.Kind.CUT_SHORT);
      return attempt;
    }
    try {
      Host.of(request.url())
          .map(destinations::find)
          .orElseGet(() -> CompletableFuture.completedFuture(new Destination.Unknown()))
          .thenAccept(destination -> destination.accept(attempt))
          .exceptionally(failed -> failed(attempt, failed));
    } catch (RuntimeException | Error failed) {
      failed(attempt, failed);
    }
    return attempt;
  }

  /** Ends an attempt that could not begin. If a look-up has thrown, this runs on its thread. */
  private Void failed(HttpAttempt attempt, Throwable thrown) {
    boolean isWrapped = thrown instanceof CompletionException && thrown.getCause() != null;
    attempt.cutShort(Outcome.Kind.CUT_SHORT);
    mishaps.tell("beginning an attempt failed", isWrapped ? thrown.getCause() : thrown);
    return null;
  }

  /** Mends the client and ends overdue attempts; one step that fails does not affect the others. */
  private void sweep() {
    survive(client::mend, "replacing the HTTP client failed, and is tried again");
    long now = System.nanoTime();
    for (HttpAttempt attempt : underWay) {
      survive(
          () -> attempt.endIfOverdue(now, exchangeLimit),
          "ending what takes too long failed, and is tried again");
    }
  }

  private void survive(Runnable step, String otherwise) {
    try {
      step.run();
    } catch (RuntimeException | Error thrown) {
      mishaps.tell(otherwise, thrown);
    }
  }

  @Override
  public Optional<String> problem() {
    return mishaps.current();
  }

  @Override
  public void close() {
    closed = true;
    deadlines.close();
    underWay.forEach(
        attempt ->
            survive(
                () -> attempt.cutShort(Outcome.Kind.CUT_SHORT), "cutting an attempt short failed"));
    survive(destinations::close, "ending look-ups failed");
    survive(client::close, "closing the HTTP client failed");
  }
}
