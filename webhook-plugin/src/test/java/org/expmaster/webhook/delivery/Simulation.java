package org.expmaster.webhook.delivery;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.expmaster.webhook.http.Outcome;
import org.expmaster.webhook.http.OutgoingRequest;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.http.SignedSender;
import org.expmaster.webhook.outbox.Claim;
import org.expmaster.webhook.outbox.ClaimedDelivery;
import org.expmaster.webhook.outbox.HeldBodies;
import org.expmaster.webhook.signing.Signer;

/**
 * Runs the real bulkheads, round and dispatcher with an outbox in memory, receivers with simulated
 * response times, and a clock that jumps from event to event.
 */
final class Simulation {
  static final Duration TIME_OUT = Duration.ofSeconds(15);
  private static final Duration LINGER = Duration.ofMillis(2);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int LIMIT = 32;

  /** A receiver: the response time of its next request; {@link #TIME_OUT} means never. */
  interface Receiver {
    Duration next();
  }

  /** The first attempt of a delivery that was committed while its webhook was idle. */
  record Begun(long webhookId, Duration waited) {}

  /** Permits everything: health is not simulated. */
  private static final class OpenGate implements Gate {
    @Override
    public Optional<Circuit.Permit> begin(long webhookId) {
      return new Circuit(webhookId, Duration.ofDays(1)).begin(Instant.EPOCH);
    }

    @Override
    public void learn(long webhookId, Circuit.Permit permit, Outcome outcome) {}
  }

  final Bulkheads bulkheads;
  private final Map<Long, Receiver> receivers = new HashMap<>();
  private final SimulatedTime time = new SimulatedTime();
  private final SimulatedOutbox outbox = new SimulatedOutbox();
  private final Map<Long, Long> committed = new HashMap<>();
  private final Deque<Long> announced = new ArrayDeque<>();
  private final Map<Long, Integer> arrived = new HashMap<>();
  private final List<Long> ended = new ArrayList<>();
  private final List<Begun> begun = new ArrayList<>();
  private final Map<Long, Integer> delivered = new HashMap<>();
  private final List<Duration> displaced = new ArrayList<>();
  private final Round round;
  private final Dispatcher dispatcher;

  Simulation(int maxYoung, int maxSlow) {
    bulkheads = new Bulkheads(maxYoung, maxSlow, time::nanos);
    round = new Round(bulkheads, webhookId -> LIMIT, HeldBodies.inThisHeap());
    Signer signer = new Signer(DeliveryFixture.KEYS, Clock.systemUTC());
    Target target =
        new Target(1, DeliveryFixture.receiver(URI.create("http://receiver.example/")), LIMIT);
    dispatcher =
        new Dispatcher(
            id -> Optional.of(target),
            new SignedSender(() -> signer, new Wire()),
            bulkheads,
            new OpenGate(),
            new Ends());
    time.every(POLL, () -> round.poll(outbox.due()));
  }

  void webhook(long id, Receiver receiver) {
    receivers.put(id, receiver);
  }

  /** Commits a delivery to a webhook now. */
  void commit(long webhookId) {
    Bulkheads.Holding holding = bulkheads.holding(webhookId);
    boolean idle = !outbox.isDue(webhookId) && holding.underWay() + holding.standingBy() == 0;
    long id = outbox.add(webhookId);
    if (idle) {
      committed.put(id, time.nanos());
    }
    announced.add(webhookId);
  }

  /** Lets time pass. */
  void run(Duration span) {
    long end = time.nanos() + span.toNanos();
    while (time.nanos() < end) {
      turn();
      long now = time.nanos();
      long rest = bulkheads.untilNextChange().orElse(span).toNanos();
      long next = Math.min(time.nextEvent(), now + Math.max(0, rest));
      time.passUntil(Math.min(end, round.couldGrant() ? now : next + LINGER.toNanos()));
    }
    turn();
  }

  /** Does what {@link DeliveryLoop#turn} does. */
  private void turn() {
    ended.forEach(round::ended);
    ended.clear();
    dispatcher.changeLanes();
    bulkheads.withdraw(PATIENCE).forEach(outbox::putBack);
    announced.forEach(round::add);
    announced.clear();
    List<Deal.Grant> grants = round.grants(arrived);
    arrived.clear();
    List<ClaimedDelivery> claims = new ArrayList<>();
    for (Deal.Grant grant : grants) {
      dispatcher.sendStandBy(grant.webhookId(), LIMIT, grant.standingBy());
      claims.addAll(outbox.claim(grant.webhookId(), grant.toClaim()));
    }
    round.claimed(grants, new Claim(claims, Set.of()));
    for (ClaimedDelivery claim : claims) {
      if (!dispatcher.send(claim, LIMIT)) {
        round.standsBy(claim.webhookId());
      }
    }
  }

  /** Returns what has begun since the last call. */
  List<Begun> takeBegun() {
    List<Begun> taken = List.copyOf(begun);
    begun.clear();
    return taken;
  }

  int delivered(long webhookId) {
    return delivered.getOrDefault(webhookId, 0);
  }

  /** Returns the age at which requests were displaced. */
  List<Duration> displaced() {
    return displaced;
  }

  /** Returns the number of committed deliveries that have not been claimed. */
  int waiting() {
    return outbox.waiting();
  }

  private final class Ends implements Dispatcher.Listener {
    @Override
    public void ended(ClaimedDelivery claim, Outcome outcome) {
      ended.add(claim.webhookId());
      if (outcome.succeeded()) {
        arrived.merge(claim.webhookId(), 1, Integer::sum);
        delivered.merge(claim.webhookId(), 1, Integer::sum);
      } else {
        time.after(Duration.ofSeconds(5), () -> outbox.putBack(claim));
      }
    }

    @Override
    public void failed(ClaimedDelivery claim, Throwable thrown) {
      throw new AssertionError(thrown);
    }
  }

  private final class Wire implements Sender {
    @Override
    public UnderWay send(OutgoingRequest request, Consumer<Outcome> done) {
      String[] event = request.headers().get("webhook-id").split(" ");
      long webhookId = Long.parseLong(event[0]);
      Long since = committed.remove(Long.parseLong(event[1]));
      if (since != null) {
        begun.add(new Begun(webhookId, Duration.ofNanos(time.nanos() - since)));
      }
      long start = time.nanos();
      Duration takes = receivers.get(webhookId).next();
      Consumer<Outcome> once = FakeSender.once(done);
      time.after(takes, () -> once.accept(outcome(takes)));
      return why -> {
        displaced.add(Duration.ofNanos(time.nanos() - start));
        once.accept(new Outcome.Unanswered(why, Duration.ofNanos(time.nanos() - start)));
      };
    }

    private static Outcome outcome(Duration took) {
      return took.compareTo(TIME_OUT) < 0
          ? new Outcome.Answered(200, Optional.empty(), Optional.empty(), took)
          : new Outcome.Unanswered(Outcome.Kind.TIMED_OUT, took);
    }

    @Override
    public void close() {}
  }
}
