package org.expmaster.webhook.delivery;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.expmaster.webhook.db.Database;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.SignedSender;
import org.expmaster.webhook.outbox.Capacity;
import org.expmaster.webhook.outbox.Claim;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.outbox.Result;

/**
 * Claim → sign → send → record, one turn at a time. A turn is one database transaction; no
 * transaction and no connection is held while a request is under way.
 *
 * <p>Turned by one thread. Only {@link #announce} and the sender's callback may come from others.
 */
final class DeliveryLoop {
  /** How long a delivery may stand by before it is given back. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** How many ends a turn records at most: thousands that time out together hold up nobody. */
  private static final int MOST_ENDS = 500;

  private final Outbox outbox;
  private final RetryPolicy retryPolicy;
  private final Duration lease;
  private final Bulkheads bulkheads;
  private final Dispatcher dispatcher;
  private final Circuits circuits;
  private final SharedHealth health;
  private final Ledger ledger;
  private final ConcurrencyLimit limit;
  private final Driver driver;
  private final Round round;
  private final Endings endings;
  private final Troubles troubles = new Troubles();
  private final Queue<Long> announced = new ConcurrentLinkedQueue<>();
  private final InHand inHand = new InHand();

  /**
   * @param driver is told when {@link #turn} has something new to do
   */
  DeliveryLoop(
      Outbox outbox,
      HealthStore healthStore,
      Targets targets,
      SignedSender sender,
      RetryPolicy retryPolicy,
      DeliveryBounds bounds,
      Driver driver) {
    this.outbox = outbox;
    this.retryPolicy = retryPolicy;
    this.lease = bounds.lease();
    this.circuits = new Circuits(bounds.disableAfter(), outbox.clock());
    this.health = new SharedHealth(healthStore, targets, circuits);
    this.ledger =
        new Ledger(outbox, health, circuits, new Unrecorded(bounds.linger(), driver::nanos));
    this.driver = driver;
    this.endings = new Endings(driver::ended);
    this.bulkheads = new Bulkheads(bounds.maxInFlight(), bounds.maxSlow(), driver::nanos);
    this.dispatcher = new Dispatcher(targets, sender, bulkheads, circuits, endings);
    this.limit = new CircuitLimit(targets, circuits);
    this.round = new Round(bulkheads, limit, inHand.bodies());
  }

  /** Something has been committed for this webhook. From any thread. */
  void announce(long webhookId) {
    announced.add(webhookId);
    driver.announced();
  }

  /** As of {@link DeliveryService#heed}. From any thread. */
  void heed(long webhookId) {
    health.heed(webhookId);
    announce(webhookId);
  }

  /** Takes over what the other masters found out of the webhooks, and what people decided there. */
  void follow() {
    health.follow().forEach(round::add);
    bulkheads.expectSlow(circuits.failing());
  }

  /** Looks for what nobody announced: retries that have become due, leases that have run out. */
  void poll() {
    ledger.again();
    Set<Long> due = outbox.dueWebhooks();
    troubles.retain(due);
    round.poll(due);
  }

  /** Records what has ended and claims and sends what there is room for. */
  void turn() throws SQLException {
    try {
      recordClaimAndSend();
    } finally {
      retryPolicy.tell();
    }
  }

  private void recordClaimAndSend() throws SQLException {
    inHand.eachUnsent(this::send);
    Map<Long, Integer> arrived = collectEnded();
    dispatcher.changeLanes();
    release(PATIENCE);
    takeAnnounced();
    List<Deal.Grant> grants = round.grants(arrived);
    for (Deal.Grant grant : grants) {
      dispatcher.sendStandBy(grant.webhookId(), limit.of(grant.webhookId()), grant.standingBy());
    }
    List<Capacity> capacities = Deal.capacities(grants);
    if (ledger.size() == 0 && capacities.isEmpty()) {
      return;
    }
    Database.Work<Claim> claims =
        connection -> outbox.claim(connection, capacities, lease, inHand.bodies());
    Claim claim = capacities.isEmpty() ? ledger.write(claims) : ledger.claim(claims);
    inHand.take(claim.deliveries());
    round.claimed(grants, claim);
    inHand.eachUnsent(this::send);
  }

  /** Records what has ended, and sends nothing more. */
  void recordOnly() throws SQLException {
    collectEnded();
    inHand.eachUnsent(this::released);
    release(Duration.ZERO);
    ledger.again();
    if (ledger.size() > 0) {
      ledger.write(connection -> List.of());
    }
    retryPolicy.tell();
  }

  /** Whether a turn now could send something. From the loop's thread. */
  boolean couldClaim() {
    return !announced.isEmpty() || round.couldGrant();
  }

  /** When to turn although nothing has happened; empty if that is not needed. */
  Optional<Duration> untilLaneChange() {
    return bulkheads.untilNextChange();
  }

  /** How many results no turn has recorded. */
  int toRecord() {
    return endings.count() + ledger.size();
  }

  /** How many claimed deliveries have not ended, as far as the loop has seen. */
  int outstanding() {
    return inHand.count();
  }

  /** How many requests are under way in a lane. From any thread. */
  int underWay(Lane lane) {
    return bulkheads.underWay(lane);
  }

  /** What keeps requests from being made; empty if nothing does. From any thread. */
  String trouble() {
    return Stream.of(troubles.described(), ledger.problem(), circuits.problem())
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Takes over what has ended, as far as a turn may; returns how many have arrived by webhook. */
  private Map<Long, Integer> collectEnded() {
    inHand.lost(endings.takeLost());
    Ends ends = new Ends();
    for (int taken = 0; taken < MOST_ENDS && endings.replayNext(ends); taken++) {}
    inHand.tidy();
    return ends.arrived;
  }

  private final class Ends implements Dispatcher.Listener {
    private final Map<Long, Integer> arrived = new HashMap<>();

    /** The result first: whatever is thrown at the rest, it is recorded. */
    @Override
    public void ended(ClaimedDelivery claim, Outcome outcome) {
      long webhookId = claim.webhookId();
      inHand.over(claim);
      Result result = retryPolicy.on(claim, outcome);
      ledger.add(result);
      troubles.remove(webhookId);
      round.ended(webhookId);
      if (outcome.succeeded()) {
        arrived.merge(webhookId, 1, Integer::sum);
      }
      retryPolicy.note(result, outcome, () -> circuits.health(webhookId));
    }

    @Override
    public void failed(ClaimedDelivery claim, Throwable thrown) {
      released(claim);
      troubles.add(claim.webhookId(), thrown);
      round.remove(claim.webhookId());
    }
  }

  private void takeAnnounced() {
    for (Long id = announced.poll(); id != null; id = announced.poll()) {
      round.add(id);
    }
  }

  private void send(ClaimedDelivery claim) {
    int places;
    try {
      if (ledger.hasEnded(claim)) {
        inHand.over(claim);
        return;
      }
      places = limit.of(claim.webhookId());
    } catch (RuntimeException | Error thrown) {
      endings.failed(claim, thrown);
      return;
    }
    if (!dispatcher.send(claim, places)) {
      round.standsBy(claim.webhookId());
    }
  }

  /** Gives back what has stood by for so long. */
  private void release(Duration patience) {
    List<ClaimedDelivery> withdrawn = bulkheads.withdraw(patience);
    inHand.over(withdrawn);
    withdrawn.forEach(claim -> ledger.add(new Result.Released(claim)));
  }

  /** If that cannot be kept, its lease runs out. */
  private void released(ClaimedDelivery claim) {
    inHand.over(claim);
    ledger.add(new Result.Released(claim));
  }
}
