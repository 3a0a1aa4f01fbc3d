package org.expmaster.webhook.delivery;

import java.time.Duration;
import java.util.Optional;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.SignedSender;
import org.expmaster.webhook.outbox.ClaimedDelivery;

/**
 * Sign → send, as far as the bulkheads let it. What finds no place stands by, and begins on the
 * sender's thread the moment a request to the same webhook has ended well: the wire need not wait
 * for the database. Any thread may use it.
 *
 * <p>Whatever is thrown in here, the place is given back and the listener is told.
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

  /** Is told, from any thread, what became of each delivery; must return at once and not throw. */
  interface Listener {

    /** Its attempt has ended. */
    void ended(ClaimedDelivery claim, Outcome outcome);

    /** No attempt could be made, for a reason that is the master's own. */
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
   * Sends now or when a place is free.
   *
   * @param limit how many requests may be under way to its webhook
   * @return whether it does not stand by
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

  /** Sends what stands by and has a place now, but not more than so many. */
  void sendStandBy(long webhookId, int limit, int most) {
    if (most > 0) {
      bulkheads.enterStandBy(webhookId, limit, most).forEach(this::begin);
    }
  }

  /** Gives the places of what has become slow to others. */
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
      // given back: its webhook is paused, or has been disabled meanwhile
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
            target.get().url(),
            new SignedSender.Message(claim.eventId(), claim.contentType(), claim.body()),
            permit::holds,
            outcome -> end(sending, permit, outcome)));
  }

  /** Learns first: what the receiver has asked for holds for whatever would take the place. */
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
      // what stands by is looked after by the next turn
      return null;
    }
  }
}
