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
 * Tells users as they save a webhook, rather than in a log later, that its URL is not allowed.
 *
 * <p>A URL passes if it cannot be judged in time or if its host has no address: its receiver may
 * not be set up yet, and a name server that is slow for a moment is no reason to reject a form.
 * That loses nothing, since every delivery checks again.
 */
public final class UrlCheck {
  /**
   * Maximum number of checks that wait at once: each holds one of the master's threads. Further
   * ones pass as if they had waited, so that neither a silent name server nor anyone exploiting one
   * can stop the creation of webhooks.
   */
  static final int WAITING = 8;

  private final Semaphore places = new Semaphore(WAITING);
  private final Destinations destinations;
  private final Duration within;

  /** Creates a check that waits at most {@code within} for a look-up. */
  public UrlCheck(Destinations destinations, Duration within) {
    this.destinations = destinations;
    this.within = within;
  }

  /**
   * Checks a URL.
   *
   * @throws ApiException InvalidArgument, if webhooks may not be sent there; the message omits the
   *     URL, which may be a secret, and its addresses, which the caller may not know
   */
  public void require(URI url) {
    Host host =
        Host.of(url)
            .orElseThrow(() -> ApiException.invalid("url must have a host that is " + Host.FORM));
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
