package org.expmaster.webhook.delivery;

import java.sql.SQLException;
import java.time.Clock;
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
import java.util.function.Supplier;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.outbox.Result;
import org.expmaster.webhook.outbox.Room;
import org.expmaster.webhook.signing.Signer;

/**
 * Claim → sign → send → record, one turn at a time. A turn is one database transaction; no
 * transaction and no connection is held while a request is under way.
 *
 * <p>Turned by one thread. Only {@link #announce} and the sender's callback may come from others.
 */
final class DeliveryLoop {
  /** What one transaction claims at most: enough to share its cost, not enough to hold it long. */
  private static final int BATCH = 500;

  private final Outbox outbox;
  private final Targets targets;
  private final Supplier<Signer> signer;
  private final Sender sender;
  private final Verdict verdict;
  private final Clock clock;
  private final Duration lease;
  private final Bulkheads bulkheads;
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
   * @param lease how long a claim lasts; longer than an exchange may take
   * @param waker is told when {@link #turn} has something new to do
   */
  DeliveryLoop(DeliveryParts parts, Duration lease, int maxInFlight, Waker waker) {
    this.outbox = parts.outbox();
    this.targets = parts.targets();
    this.signer = parts.signer();
    this.sender = parts.sender();
    this.verdict = parts.verdict();
    this.clock = parts.clock();
    this.lease = lease;
    this.bulkheads = new Bulkheads(maxInFlight);
    this.waker = waker;
  }

  /** Something has been committed for this webhook. From any thread. */
  void announce(long webhookId) {
    announced.add(webhookId);
    waker.announced();
  }

  /** Looks for what nobody announced: retries that have become due, leases that have run out. */
  void poll() {
    due.addAll(outbox.dueWebhooks());
  }

  /** Records what has ended and claims and sends what there is room for. */
  void turn() throws SQLException {
    collectEnded();
    List<Room> rooms = rooms();
    if (unrecorded.isEmpty() && rooms.isEmpty()) {
      return;
    }
    List<ClaimedDelivery> claimed = outbox.turn(unrecorded, rooms, lease);
    unrecorded.clear();
    forgetEmptied(rooms, claimed);
    claimed.forEach(this::send);
  }

  /** Records what has ended, and claims nothing. */
  void recordOnly() throws SQLException {
    collectEnded();
    if (!unrecorded.isEmpty()) {
      outbox.turn(unrecorded, List.of(), lease);
      unrecorded.clear();
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
    for (Ended next = ended.poll(); next != null; next = ended.poll()) {
      endedCount.decrementAndGet();
      bulkheads.leave(next.claim().webhookId());
      unrecorded.add(verdict.on(next.claim(), next.outcome()));
    }
  }

  private List<Room> rooms() {
    for (Long id = announced.poll(); id != null; id = announced.poll()) {
      due.add(id);
    }
    List<Target> known = new ArrayList<>();
    for (long id : due) {
      targets.find(id).ifPresent(known::add);
    }
    return bulkheads.rooms(known, BATCH);
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
    Optional<Target> target = targets.find(claim.webhookId());
    if (target.isEmpty()) {
      unrecorded.add(new Result.Released(claim));
      return;
    }
    Instant now = clock.instant();
    OutgoingRequest request =
        new OutgoingRequest(
            target.get().url(),
            signer.get().headers(claim.eventId(), now, claim.body()),
            claim.body());
    bulkheads.enter(claim.webhookId());
    sender.send(
        request,
        outcome -> {
          ended.add(new Ended(claim, outcome));
          waker.ended(endedCount.incrementAndGet());
        });
  }
}
