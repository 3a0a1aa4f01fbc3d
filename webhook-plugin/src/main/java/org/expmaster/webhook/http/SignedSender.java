package org.expmaster.webhook.http;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.expmaster.webhook.http.Sender.UnderWay;
import org.expmaster.webhook.signing.Signer;

/** Signs each attempt with the key of the moment, and sends it. Any thread may use it. */
public final class SignedSender {
  private final Supplier<Signer> signer;
  private final Sender sender;

  /**
   * A signing sender.
   *
   * @param signer returns the signer with the present key; called for every attempt
   * @param sender sends what has been signed; its owner closes it
   */
  public SignedSender(Supplier<Signer> signer, Sender sender) {
    this.signer = signer;
    this.sender = sender;
  }

  /**
   * What to send to a webhook.
   *
   * @param eventId the event's id, which is signed
   * @param body the payload, in the form of its content type; do not change it
   */
  public record Message(String eventId, String contentType, byte[] body) {}

  /** Begins an attempt and returns at once, as {@link Sender#send}. */
  public UnderWay send(URI url, Message message, BooleanSupplier mayGo, Consumer<Outcome> done) {
    Map<String, String> headers = signer.get().headers(message.eventId(), message.body());
    return sender.send(
        new OutgoingRequest(url, message.contentType(), headers, message.body(), mayGo), done);
  }

  /** Makes an attempt and waits for its end, no longer than an exchange may take. */
  public Outcome sendAndWait(URI url, Message message) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    send(url, message, () -> true, outcome::complete);
    return outcome.join();
  }

  /** The sender. */
  public Sender sender() {
    return sender;
  }
}
