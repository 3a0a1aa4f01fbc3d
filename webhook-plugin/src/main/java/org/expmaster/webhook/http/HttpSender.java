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

/** Sends over HTTP/1.1 with pooled connections and two threads in all. */
public final class HttpSender implements Sender {
  final PinnedAddresses pins = new PinnedAddresses();
  private final Destinations destinations;
  private final Duration exchangeLimit;
  private final Mishaps mishaps = new Mishaps();
  private final LivingClient client;
  private final HttpAttempt.Parts parts;
  private final Set<HttpAttempt> underWay = ConcurrentHashMap.newKeySet();

  /** One look at all attempts now and then costs less than a timer for each. */
  private final Sweeper deadlines;

  private volatile boolean closed;

  /**
   * A sender ready to send.
   *
   * @param maxInFlight how many requests its caller will have under way at once at most; how many
   *     connections there may be follows from it
   * @param userAgent how it introduces itself
   * @param destinations where it may send to; closed with the sender
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
    parts = new HttpAttempt.Parts(client, pins, mishaps, underWay::remove);
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
      Host.parse(request.url().getHost())
          .map(destinations::find)
          .orElseGet(() -> CompletableFuture.completedFuture(new Destination.Unknown()))
          .thenAccept(destination -> destination.accept(attempt))
          .exceptionally(failed -> failed(attempt, failed));
    } catch (RuntimeException | Error failed) {
      failed(attempt, failed);
    }
    return attempt;
  }

  /** It could not begin; what a look-up throws comes here too, on its thread. */
  private Void failed(HttpAttempt attempt, Throwable thrown) {
    boolean isWrapped = thrown instanceof CompletionException && thrown.getCause() != null;
    attempt.cutShort(Outcome.Kind.CUT_SHORT);
    mishaps.tell("beginning an attempt failed", isWrapped ? thrown.getCause() : thrown);
    return null;
  }

  /** One that fails keeps none of the others from its end. */
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
