package org.expmaster.webhook.http;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.expmaster.webhook.signing.Signer;

/** One attempt past the outbox, for someone who waits to see how it ends: a test of a webhook. */
public final class DirectAttempt {
  private final Supplier<Signer> signer;
  private final Sender sender;

  /** Attempts with this sender. */
  public DirectAttempt(Supplier<Signer> signer, Sender sender) {
    this.signer = signer;
    this.sender = sender;
  }

  /** Sends once, signed like any other; waits no longer than an exchange may take. */
  public Outcome send(URI url, String eventId, String contentType, byte[] body) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    sender.send(
        new OutgoingRequest(url, contentType, signer.get().headers(eventId, body), body),
        outcome::complete);
    return outcome.join();
  }
}
