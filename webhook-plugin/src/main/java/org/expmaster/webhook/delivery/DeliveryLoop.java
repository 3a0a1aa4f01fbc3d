package org.expmaster.webhook.delivery;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.Result;
import org.expmaster.webhook.outbox.Room;

/**
 * Claim → sign → send → record, one turn at a time. A turn is one database transaction; no
 * transaction and no connection is held while a request is under way.
 *
 * <p>Turned by one thread. Only {@link #announce} and the sender's callback may come from others.
 */
final class DeliveryLoop {
  /** What one transaction claims at most: enough to share its cost, not enough to hold it long. */
  private static final int BATCH = 500;

  private static final int MAX_PAYLOAD_BYTES = 256 * 1024;

  private final DeliveryParts parts;
  private final Duration lease;
  private final Bulkheads bulkheads;
  private final Circuits circuits;
  private final Waker waker;

  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
  private final AtomicInteger endedCount = new AtomicInteger();
  private final Queue<Long> announced = new ConcurrentLinkedQueue<>();

  /** Webhooks that may have something due, the one that has waited longest first. */
  private final Set<Long> due = new LinkedHashSet<>();

  /** Results that the database does not have yet. */
  private final List<Result> unrecorded = new ArrayList<>();

  private record Ended(ClaimedDelivery claim, Outcome outcome) {}

  /** Is told from any thread that there is something new to do, and must return at once. */
  interface Waker {

    /** Something was committed, and is to be sent at once. */
    void announced();

    /** Attempts have ended; their recording can wait for company. */
    void ended(int waiting);
  }

  /**
   * @param waker is told when {@link #turn} has something new to do
   */
  DeliveryLoop(DeliveryParts parts, DeliveryBounds bounds, Waker waker) {
    this.parts = parts;
    this.lease = bounds.lease();
    this.bulkheads = new Bulkheads(bounds.maxInFlight());
    this.circuits = new Circuits(bounds.disableAfter());
    this.waker = waker;
  }

  /** Something has been committed for this webhook. From any thread. */
  void announce(long webhookId) {
    announced.add(webhookId);
    waker.announced();
  }

  /**
   * Looks for what nobody announced: retries that have become due, leases that have run out, what
   * other masters found of a webhook's health.
   */
  void poll() {
    circuits.follow(parts.health().unwell());
    due.addAll(parts.outbox().dueWebhooks());
  }

  /** Records what has ended and claims and sends what there is room for. */
  void turn() throws SQLException {
    collectEnded();
    List<Room> rooms = rooms();
    if (unrecorded.isEmpty() && rooms.isEmpty()) {
      return;
    }
    List<ClaimedDelivery> claimed = recordAndClaim(rooms);
    forgetEmptied(rooms, claimed);
    claimed.forEach(this::send);
  }

  /** Records what has ended, and claims nothing. */
  void recordOnly() throws SQLException {
    collectEnded();
    if (!unrecorded.isEmpty()) {
      recordAndClaim(List.of());
    }
  }

  /** Whether a turn now could claim something. From the loop's thread. */
  boolean couldClaim() {
    return !announced.isEmpty() || !rooms().isEmpty();
  }

  /** How many results no turn has recorded. */
  int toRecord() {
    return endedCount.get() + unrecorded.size();
  }

  int inFlight() {
    return bulkheads.inAll();
  }

  private void collectEnded() {
    Instant now = parts.clock().instant();
    for (Ended next = ended.poll(); next != null; next = ended.poll()) {
      endedCount.decrementAndGet();
      long webhookId = next.claim().webhookId();
      bulkheads.leave(webhookId);
      if (!Verdict.isCutShort(next.outcome())) {
        circuits.learn(webhookId, next.outcome(), now);
      }
      unrecorded.add(parts.verdict().on(next.claim(), next.outcome()));
    }
  }

  private List<ClaimedDelivery> recordAndClaim(List<Room> rooms) throws SQLException {
    List<ClaimedDelivery> claimed =
        parts
            .database()
            // forgotten, it is done again: a delivery twice, but never lost
            .inForgettableTransaction(
                connection -> {
                  parts.outbox().record(connection, unrecorded);
                  parts.health().put(connection, circuits.changed());
                  return parts.outbox().claim(connection, rooms, lease);
                });
    unrecorded.clear();
    circuits.kept();
    return claimed;
  }

  /** What there is room for, the webhook that has waited longest first. */
  private List<Room> rooms() {
    for (Long id = announced.poll(); id != null; id = announced.poll()) {
      due.add(id);
    }
    Instant now = parts.clock().instant();
    List<Room> rooms = new ArrayList<>();
    int left = Math.min(bulkheads.left(), BATCH);
    for (long webhookId : due) {
      Optional<Target> target = parts.targets().find(webhookId);
      if (left > 0 && target.isPresent()) {
        int free = circuits.limit(target.get(), now) - bulkheads.inFlight(webhookId);
        int granted = Math.min(free, left);
        if (granted > 0) {
          rooms.add(new Room(webhookId, granted));
          left -= granted;
        }
      }
    }
    return rooms;
  }

  /** A webhook that did not fill its room has nothing more due; one that did goes to the back. */
  private void forgetEmptied(List<Room> rooms, List<ClaimedDelivery> claimed) {
    Map<Long, Integer> counts = new HashMap<>();
    claimed.forEach(claim -> counts.merge(claim.webhookId(), 1, Integer::sum));
    for (Room room : rooms) {
      due.remove(room.webhookId());
      if (counts.getOrDefault(room.webhookId(), 0) >= room.count()) {
        due.add(room.webhookId());
      }
    }
  }

  private void send(ClaimedDelivery claim) {
    Optional<Target> target = parts.targets().find(claim.webhookId());
    if (target.isEmpty()) {
      unrecorded.add(new Result.Released(claim));
      return;
    }
    bulkheads.enter(claim.webhookId());
    if (claim.body().length > MAX_PAYLOAD_BYTES) {
      end(claim, new Outcome.Unanswered(Outcome.Kind.TOO_LARGE, Duration.ZERO));
      return;
    }
    Map<String, String> headers = parts.signer().get().headers(claim.eventId(), claim.body());
    parts
        .sender()
        .send(
            new OutgoingRequest(target.get().url(), claim.contentType(), headers, claim.body()),
            outcome -> end(claim, outcome));
  }

  private void end(ClaimedDelivery claim, Outcome outcome) {
    ended.add(new Ended(claim, outcome));
    waker.ended(endedCount.incrementAndGet());
  }
}
