package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.Optional;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.SignedSender;
import org.expmaster.webhook.outbox.ClaimedDelivery;

/**
 * Signs and sends deliveries as far as the bulkheads permit. A delivery without a place stands by,
 * and begins on the sender's thread as soon as a request to the same webhook has succeeded, without
 * waiting for the database. Thread-safe.
 *
 * <p>Whatever is thrown here, the place is given back and the listener is notified.
 */
final class Dispatcher {
  private static final int MAX_PAYLOAD_BYTES = 256 * 1024;
  private static final Outcome NOT_SENT =
      new Outcome.Unanswered(Outcome.Kind.CUT_SHORT, Duration.ZERO);

  private final Targets targets;
  private final SignedSender sender;
  private final Bulkheads bulkheads;
  private final Gate gate;
  private final Listener listener;

  /** Notified of the end of each delivery, on any thread; must return at once and not throw. */
  interface Listener {

    /** Called when an attempt has ended, or was not permitted. */
    void ended(ClaimedDelivery claim, Outcome outcome);

    /** Called when no attempt could be made, because of a fault of the master itself. */
    void failed(ClaimedDelivery claim, Throwable thrown);
  }

  Dispatcher(
      Targets targets, SignedSender sender, Bulkheads bulkheads, Gate gate, Listener listener) {
    this.targets = targets;
    this.sender = sender;
    this.bulkheads = bulkheads;
    this.gate = gate;
    this.listener = listener;
  }

  /**
   * Sends a delivery now or when a place is free.
   *
   * @param limit the maximum number of requests in flight to the webhook
   * @return false if the delivery stands by
   */
  boolean send(ClaimedDelivery claim, int limit) {
    Sending sending;
    try {
      sending = bulkheads.enter(claim, limit);
    } catch (RuntimeException | Error thrown) {
      listener.failed(claim, thrown);
      return true;
    }
    if (sending == null) {
      return false;
    }
    begin(sending);
    return true;
  }

  /** Sends up to {@code most} deliveries that stand by, as far as there are free places. */
  void sendStandBy(long webhookId, int limit, int most) {
    bulkheads.enterStandBy(webhookId, limit, most).forEach(this::begin);
  }

  /** Moves slow requests to the slow lane, and cuts short those that they displace. */
  void changeLanes() {
    bulkheads.changeLanes().forEach(displaced -> displaced.cutShort(Outcome.Kind.DISPLACED));
  }

  private void begin(Sending sending) {
    try {
      attempt(sending);
    } catch (RuntimeException | Error thrown) {
      if (sending.end()) {
        leave(sending, false);
        listener.failed(sending.claim(), thrown);
      }
    }
  }

  private void attempt(Sending sending) {
    Optional<Circuit.Permit> permit = gate.begin(sending.webhookId());
    if (permit.isEmpty()) {
      // released: its webhook is paused, or has been disabled meanwhile
      ended(sending, NOT_SENT);
      return;
    }
    try {
      attempt(sending, permit.get());
    } catch (RuntimeException | Error thrown) {
      gate.learn(sending.webhookId(), permit.get(), NOT_SENT);
      throw thrown;
    } finally {
      permit.get().begun();
    }
  }

  private void attempt(Sending sending, Circuit.Permit permit) {
    ClaimedDelivery claim = sending.claim();
    Optional<Target> target = targets.find(claim.webhookId());
    if (target.isEmpty()) {
      end(sending, permit, NOT_SENT);
      return;
    }
    if (claim.body().length > MAX_PAYLOAD_BYTES) {
      end(sending, permit, new Outcome.Unanswered(Outcome.Kind.TOO_LARGE, Duration.ZERO));
      return;
    }
    sending.underWay(
        sender.send(
            target.get().receiver(),
            new SignedSender.Message(
                claim.eventId(), claim.contentType(), claim.body(), claim.traceparent()),
            permit::holds,
            outcome -> end(sending, permit, outcome)));
  }

  /** Learns first: a pause that the receiver asks for also holds for the delivery next in line. */
  private void end(Sending sending, Circuit.Permit permit, Outcome outcome) {
    if (sending.end()) {
      gate.learn(sending.webhookId(), permit, outcome);
      leave(sending, outcome);
    }
  }

  private void ended(Sending sending, Outcome outcome) {
    if (sending.end()) {
      leave(sending, outcome);
    }
  }

  private void leave(Sending sending, Outcome outcome) {
    Sending next = leave(sending, outcome.succeeded());
    listener.ended(sending.claim(), outcome);
    if (next != null) {
      begin(next);
    }
  }

  private Sending leave(Sending sending, boolean well) {
    try {
      return bulkheads.leave(sending, well);
    } catch (RuntimeException | Error afterGivingBack) {
      // the next turn handles deliveries standing by
      return null;
    }
  }
}
