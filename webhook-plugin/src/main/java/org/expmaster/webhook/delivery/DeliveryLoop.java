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
 * Claims, signs, sends and records deliveries, one turn at a time. A turn is one database
 * transaction; no transaction and no connection is held while a request is in flight.
 *
 * <p>One thread turns it. Others may call only thread-safe methods and the sender's callback.
 */
final class DeliveryLoop {
  /** How long a delivery may stand by before it is released. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Limits the outcomes per turn: thousands that time out together must not delay others. */
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
   * @param driver notified when {@link #turn} has something new to do
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

  /** Announces a delivery that has been committed for this webhook. Thread-safe. */
  void announce(long webhookId) {
    announced.add(webhookId);
    driver.announced();
  }

  /** See {@link DeliveryService#heed}. Thread-safe. */
  void heed(long webhookId) {
    health.heed(webhookId);
    announce(webhookId);
  }

  /** Adopts the health that other masters have found and the decisions of users there. */
  void follow() {
    health.follow().forEach(round::add);
    bulkheads.expectSlow(circuits.failing());
  }

  /** Looks for deliveries due without an announcement: due retries and expired leases. */
  void poll() {
    ledger.again();
    Set<Long> due = outbox.dueWebhooks();
    troubles.retain(due);
    round.poll(due);
  }

  /** Records outcomes, and claims and sends as many deliveries as there are places for. */
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
    for (Deal.Grant grant : Deal.toStandingBy(grants)) {
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

  /** Records outcomes and releases what is not in flight; sends nothing more. */
  void recordOnly() throws SQLException {
    collectEnded();
    retryPolicy.tell();
    inHand.eachUnsent(this::released);
    release(Duration.ZERO);
    ledger.again();
    if (ledger.size() > 0) {
      ledger.write(connection -> List.of());
    }
  }

  /** Returns whether a turn could send something now. Not thread-safe. */
  boolean couldClaim() {
    return !announced.isEmpty() || round.couldGrant();
  }

  /** Returns the time until a turn must change lanes; empty if none must. */
  Optional<Duration> untilLaneChange() {
    return bulkheads.untilNextChange();
  }

  /** Returns the number of results that are not recorded yet. */
  int toRecord() {
    return endings.count() + ledger.size();
  }

  /** Returns the number of claimed deliveries that have not ended, as far as the loop knows. */
  int outstanding() {
    return inHand.count();
  }

  /** Returns the number of requests in flight in a lane. Thread-safe. */
  int underWay(Lane lane) {
    return bulkheads.underWay(lane);
  }

  /** Returns what keeps deliveries from being sent or recorded; empty if nothing. Thread-safe. */
  String trouble() {
    return Stream.of(troubles.described(), ledger.problem(), circuits.problem())
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Processes outcomes, up to the limit of a turn; returns the number of successes by webhook. */
  private Map<Long, Integer> collectEnded() {
    inHand.lost(endings.takeLost());
    Ends ends = new Ends();
    for (int taken = 0; taken < MOST_ENDS && endings.replayNext(ends); taken++) {}
    inHand.tidy();
    return ends.arrived;
  }

  private final class Ends implements Dispatcher.Listener {
    private final Map<Long, Integer> arrived = new HashMap<>();

    /** Adds the result first, so that it is recorded whatever the rest throws. */
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

  /** Releases deliveries that have stood by for at least this long. */
  private void release(Duration patience) {
    List<ClaimedDelivery> withdrawn = bulkheads.withdraw(patience);
    inHand.over(withdrawn);
    withdrawn.forEach(claim -> ledger.add(new Result.Released(claim)));
  }

  /** Releases a delivery. If the release cannot be recorded, the lease expires. */
  private void released(ClaimedDelivery claim) {
    inHand.over(claim);
    ledger.add(new Result.Released(claim));
  }
}
