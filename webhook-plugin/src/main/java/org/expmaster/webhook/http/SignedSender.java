package org.expmaster.webhook.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.expmaster.webhook.http.Sender.UnderWay;
import org.expmaster.webhook.signing.Signer;

/** Signs each attempt with the current keys and sends it. Thread-safe. */
public final class SignedSender {
  private final Supplier<Signer> signer;
  private static final String TRACEPARENT = "traceparent";

  private final Sender sender;
  private final Traces traces;

  /**
   * Creates a signing sender.
   *
   * @param signer returns a signer with the current keys; called for every attempt
   * @param sender sends the signed requests; closed by its owner
   */
  public SignedSender(Supplier<Signer> signer, Sender sender) {
    this(signer, sender, Traces.NONE);
  }

  /** Creates a signing sender whose attempts are traced. */
  public SignedSender(Supplier<Signer> signer, Sender sender, Traces traces) {
    this.traces = traces;
    this.signer = signer;
    this.sender = sender;
  }

  /**
   * A message to a webhook.
   *
   * @param eventId the event's id, which is signed
   * @param body the payload, of this content type; must not be modified
   * @param traceparent the span in which the event happened; empty if nobody traces
   */
  public record Message(
      String eventId, String contentType, byte[] body, Optional<String> traceparent) {
    /** A message of which nobody knows in which span it came about. */
    public Message(String eventId, String contentType, byte[] body) {
      this(eventId, contentType, body, Optional.empty());
    }
  }

  /** Begins an attempt and returns at once, as {@link Sender#send} does. */
  public UnderWay send(
      Receiver receiver, Message message, BooleanSupplier mayGo, Consumer<Outcome> done) {
    Map<String, String> headers = new HashMap<>(receiver.headers());
    headers.putAll(signer.get().headers(message.eventId(), message.body(), receiver.secrets()));
    Traces.Trace trace = traces.begin(message.traceparent());
    trace.traceparent().ifPresent(value -> put(headers, value));
    try {
      return sender.send(
          new OutgoingRequest(
              receiver.url(), message.contentType(), headers, message.body(), mayGo),
          outcome -> {
            trace.end(outcome);
            done.accept(Redaction.of(outcome, receiver.headers().values()));
          });
    } catch (RuntimeException | Error notSent) {
      trace.end("not_sent", true);
      throw notSent;
    }
  }

  /** Replaces one that the webhook may have had before such headers were refused. */
  private static void put(Map<String, String> headers, String traceparent) {
    headers.keySet().removeIf(TRACEPARENT::equalsIgnoreCase);
    headers.put(TRACEPARENT, traceparent);
  }

  /** Makes an attempt and waits for its end, at most for the time limit of an exchange. */
  public Outcome sendAndWait(Receiver receiver, Message message) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    send(receiver, message, () -> true, outcome::complete);
    return outcome.join();
  }

  /** Returns the sender of the signed requests. */
  public Sender sender() {
    return sender;
  }
}
