package org.expmaster.webhook.rest;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.expmaster.plugin.http.ApiException;
import org.expmaster.webhook.egress.Destination;
import org.expmaster.webhook.egress.Destinations;
import org.expmaster.webhook.egress.Host;

/**
 * Tells whoever makes a webhook, rather than a log later, that nothing would be sent to its URL.
 *
 * <p>What cannot be told in time passes, and so does a name without an address: its receiver may be
 * about to be set up, and a name server that is slow for a moment is no reason to turn a form away.
 * Nothing is lost by it, for what counts is asked again at every delivery.
 */
public final class UrlCheck {
  /**
   * So many wait at once: each holds one of the master's threads. To the others it passes as if
   * they had waited, so that no name server's silence, nor who makes use of it, keeps anyone from
   * making a webhook.
   */
  static final int WAITING = 8;

  private final Semaphore places = new Semaphore(WAITING);
  private final Destinations destinations;
  private final Duration within;

  /** Checks that take no longer than this. */
  public UrlCheck(Destinations destinations, Duration within) {
    this.destinations = destinations;
    this.within = within;
  }

  /**
   * Lets a URL pass.
   *
   * @throws ApiException InvalidArgument, if webhooks may not be sent there; without the URL, which
   *     may be a secret, and without its addresses, which the caller may not know
   */
  public void require(URI url) {
    Host host =
        Host.parse(url.getHost())
            .orElseThrow(() -> ApiException.invalid("url's host must be " + Host.FORM));
    if (find(host) instanceof Destination.Refused) {
      throw ApiException.invalid(
          "url leads to an address that webhooks may not be sent to; ask the operator to list its"
              + " network in webhooks.allowed_networks, if it shall be");
    }
  }

  private Destination find(Host host) {
    CompletableFuture<Destination> answer = destinations.find(host);
    if (answer.isDone() || !places.tryAcquire()) {
      return answer.getNow(new Destination.Unknown());
    }
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      return new Destination.Unknown();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new Destination.Unknown();
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug.getCause());
    } finally {
      places.release();
    }
  }
}
