package org.expmaster.webhook.delivery;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  /** Room for more than has just arrived, or the pace could never grow. */
  private static final int AHEAD = 2;

  /** How long a delivery may stand by before it is given back. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final DeliveryParts parts;
  private final Duration lease;
  private final Bulkheads bulkheads;
  private final Dispatcher dispatcher;
  private final Circuits circuits;
  private final Waker waker;

  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
  private final AtomicInteger endedCount = new AtomicInteger();
  private final Queue<Long> announced = new ConcurrentLinkedQueue<>();

  /** Webhooks that may have something due, the one that has waited longest first. */
  private final Set<Long> due = new LinkedHashSet<>();

  /** Results that the database does not have yet. */
  private final List<Result> unrecorded = new ArrayList<>();

  /** How many claimed deliveries have neither ended nor been given back. */
  private int outstanding;

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
    this.dispatcher = new Dispatcher(parts, bulkheads, this::ended);
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
    Map<Long, Integer> arrived = collectEnded();
    tendStandBy();
    List<Room> rooms = rooms(arrived);
    if (unrecorded.isEmpty() && rooms.isEmpty()) {
      return;
    }
    List<ClaimedDelivery> claimed = recordAndClaim(rooms);
    forgetEmptied(rooms, claimed);
    outstanding += claimed.size();
    Instant now = parts.clock().instant();
    claimed.forEach(claim -> dispatcher.send(claim, limit(claim.webhookId(), now)));
  }

  /** Records what has ended, and sends nothing more. */
  void recordOnly() throws SQLException {
    collectEnded();
    bulkheads.withStandBy().forEach(webhookId -> release(webhookId, Instant.MAX));
    if (!unrecorded.isEmpty()) {
      recordAndClaim(List.of());
    }
  }

  /** Whether a turn now could claim something that has a place. From the loop's thread. */
  boolean couldClaim() {
    return !announced.isEmpty() || !rooms(Map.of()).isEmpty();
  }

  /** How many results no turn has recorded. */
  int toRecord() {
    return endedCount.get() + unrecorded.size();
  }

  /** How many claimed deliveries have not ended, as far as the loop has seen. */
  int outstanding() {
    return outstanding;
  }

  /** Takes over what has ended; says how many have arrived for each webhook. */
  private Map<Long, Integer> collectEnded() {
    Map<Long, Integer> arrived = new HashMap<>();
    Instant now = parts.clock().instant();
    for (Ended next = ended.poll(); next != null; next = ended.poll()) {
      endedCount.decrementAndGet();
      outstanding--;
      long webhookId = next.claim().webhookId();
      if (!Verdict.isCutShort(next.outcome())) {
        circuits.learn(webhookId, next.outcome(), now);
      }
      if (next.outcome().succeeded()) {
        arrived.merge(webhookId, 1, Integer::sum);
      }
      unrecorded.add(parts.verdict().on(next.claim(), next.outcome()));
    }
    return arrived;
  }

  /** Sends what stands by and has a place again, and gives back what has stood by too long. */
  private void tendStandBy() {
    Instant now = parts.clock().instant();
    for (long webhookId : bulkheads.withStandBy()) {
      dispatcher.sendStandBy(webhookId, limit(webhookId, now));
      release(webhookId, now.minus(PATIENCE));
    }
  }

  /** Gives back what has stood by since then or longer. */
  private void release(long webhookId, Instant since) {
    List<ClaimedDelivery> claims = bulkheads.withdraw(webhookId, since);
    outstanding -= claims.size();
    claims.forEach(claim -> unrecorded.add(new Result.Released(claim)));
  }

  private int limit(long webhookId, Instant now) {
    return parts.targets().find(webhookId).map(target -> circuits.limit(target, now)).orElse(0);
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

  /**
   * What there is room for, the webhook that has waited longest first. A webhook has room for as
   * many as it has places, and beyond that for what it will have sent by the next turn, to judge by
   * how many have arrived since the last one: none, if it hangs.
   */
  private List<Room> rooms(Map<Long, Integer> arrived) {
    for (Long id = announced.poll(); id != null; id = announced.poll()) {
      due.add(id);
    }
    Instant now = parts.clock().instant();
    List<Room> rooms = new ArrayList<>();
    int places = bulkheads.left();
    int left = BATCH;
    for (long webhookId : due) {
      int limit = limit(webhookId, now);
      int ahead = Math.min(limit, AHEAD * arrived.getOrDefault(webhookId, 0));
      int free = limit + ahead - bulkheads.held(webhookId);
      int granted = Math.min(free, Math.min(left, places + ahead));
      if (granted > 0) {
        rooms.add(new Room(webhookId, granted));
        left -= granted;
        places = Math.max(0, places - granted);
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

  private void ended(ClaimedDelivery claim, Outcome outcome) {
    ended.add(new Ended(claim, outcome));
    waker.ended(endedCount.incrementAndGet());
  }
}
