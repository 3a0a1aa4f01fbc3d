package org.expmaster.webhook.delivery;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.expmaster.webhook.health.HealthStore;
import org.expmaster.webhook.http.Sender;
import org.expmaster.webhook.http.SignedSender;
import org.expmaster.webhook.outbox.Outbox;
import org.expmaster.webhook.telling.Log;
import org.expmaster.webhook.telling.Meters;

/**
 * Runs the delivery loop on its own thread: at once when a delivery is committed, a moment later
 * when an attempt ends (others that end in that moment share the transaction), and at intervals for
 * deliveries that are not announced.
 */
public final class DeliveryService {
  private static final Log log = Log.of(DeliveryService.class);

  /**
   * Users' decisions on another master apply here within a second, however long the poll interval.
   */
  private static final Duration FOLLOW = Duration.ofMillis(500);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /** Created in advance: there may be no memory for it when it is needed. */
  private static final BooleanSupplier NEVER = () -> false;

  private static final Duration LAST_RECORDING = Duration.ofSeconds(5);

  private final DeliveryLoop loop;
  private final Sender sender;
  private final RetryPolicy retryPolicy;
  private final Thread thread = new Thread(this::run, "webhooks-delivery");
  private final DeliveryBounds bounds;
  private final Pace pace;
  private final Heartbeat heartbeat;
  private volatile boolean draining;
  private volatile String problem = "";

  /** Creates a service that has not been started. */
  public DeliveryService(
      Outbox outbox,
      HealthStore health,
      Targets targets,
      SignedSender sender,
      RetryPolicy retryPolicy,
      DeliveryBounds bounds) {
    this(outbox, health, targets, sender, retryPolicy, bounds, new Heartbeat(System::nanoTime));
  }

  DeliveryService(
      Outbox outbox,
      HealthStore health,
      Targets targets,
      SignedSender sender,
      RetryPolicy retryPolicy,
      DeliveryBounds bounds,
      Heartbeat heartbeat) {
    this.heartbeat = heartbeat;
    this.sender = sender.sender();
    this.retryPolicy = retryPolicy;
    this.bounds = bounds;
    this.pace = new Pace(thread, bounds.linger());
    this.loop = new DeliveryLoop(outbox, health, targets, sender, retryPolicy, bounds, pace);
  }

  /** Begins delivering. */
  public void start() {
    heartbeat.beat();
    thread.start();
  }

  /** Announces deliveries committed for these webhooks; they are sent at once. Thread-safe. */
  public void announce(Collection<Long> webhookIds) {
    webhookIds.forEach(loop::announce);
  }

  /**
   * Applies a user's decision on a webhook's health, or its new URL, once it is in the database.
   * When this returns, no attempt that it forbids begins on this master any more, and deliveries
   * that it allows are on their way. Thread-safe.
   *
   * @throws RuntimeException if the database cannot be read; the decision applies as soon as it can
   */
  public void heed(long webhookId) {
    loop.heed(webhookId);
  }

  /**
   * Stops claiming, waits for the requests in flight, and ends the thread.
   *
   * @param within how long to wait before requests in flight are cut short and due again
   * @return whether nothing had to be cut short
   */
  public boolean drain(Duration within) throws InterruptedException {
    draining = true;
    pace.wake();
    try {
      thread.join(Math.max(1, within.toMillis()));
      return !thread.isAlive();
    } finally {
      sender.close();
      thread.join(LAST_RECORDING.toMillis());
      thread.interrupt();
    }
  }

  /** Returns what the service is doing, for people. */
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    int young = loop.underWay(Lane.YOUNG);
    int slow = loop.underWay(Lane.SLOW);
    details.put("in_flight", young + slow);
    details.put("in_flight_young", young);
    details.put("in_flight_slow", slow);
    String wrong = problem();
    if (!wrong.isEmpty()) {
      details.put("problem", wrong);
    }
    return details;
  }

  /** Registers meters of the requests in flight, and of their limits. */
  public void addTo(Meters meters) {
    for (Lane lane : Lane.values()) {
      lane.addTo(meters, () -> loop.underWay(lane), bounds);
    }
  }

  /** Returns whether the service has been told to drain and has not finished. */
  public boolean isDraining() {
    return draining && thread.isAlive();
  }

  /** Returns whether the delivery thread is alive. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  /** Returns whether something that the service needs fails. */
  public boolean isDegraded() {
    return !problem().isEmpty();
  }

  private String problem() {
    Optional<String> stalled = heartbeat.problem(thread);
    if (stalled.isPresent()) {
      return stalled.get();
    }
    if (!problem.isEmpty()) {
      return problem;
    }
    String trouble = loop.trouble();
    return trouble.isEmpty() ? sender.problem().or(retryPolicy::untold).orElse("") : trouble;
  }

  private void run() {
    Turns turns = new Turns();
    for (boolean more = true; more; ) {
      try {
        more = turns.next();
      } catch (Throwable failure) {
        // errors as well: a moment without memory must not end all deliveries
        survive(failure);
        turns.beginAnew();
      }
    }
  }

  /** The iterations of the thread, and when to follow and to poll next. */
  private final class Turns {
    private long nextFollow = System.nanoTime();
    private long nextPoll = nextFollow;

    /** Makes the next iteration follow and poll: what an exception lost is in the database. */
    void beginAnew() {
      nextFollow = System.nanoTime();
      nextPoll = nextFollow;
    }

    /** Runs one iteration; returns whether to continue. */
    boolean next() throws SQLException {
      heartbeat.beat();
      if (draining && loop.outstanding() == 0 && loop.toRecord() == 0 || Thread.interrupted()) {
        return false;
      }
      if (draining) {
        loop.recordOnly();
      } else {
        if (System.nanoTime() - nextFollow >= 0) {
          loop.follow();
          nextFollow = System.nanoTime() + FOLLOW.toNanos();
        }
        if (System.nanoTime() - nextPoll >= 0) {
          loop.poll();
          nextPoll = System.nanoTime() + bounds.pollInterval().toNanos();
        }
        loop.turn();
      }
      recovered();
      rest(nextFollow - nextPoll < 0 ? nextFollow : nextPoll);
      return true;
    }
  }

  /** Sleeps until there is something to do, or something is due. */
  private void rest(long nextPoll) {
    long now = System.nanoTime();
    long latest = draining ? now + bounds.pollInterval().toNanos() : nextPoll;
    Optional<Duration> laneChange = loop.untilLaneChange();
    if (laneChange.isPresent()) {
      latest = Math.min(latest, now + laneChange.get().toNanos());
    }
    pace.rest(latest, loop, this::isUrgent);
  }

  private boolean isUrgent() {
    return draining ? loop.outstanding() == 0 : loop.couldClaim();
  }

  private void recovered() {
    if (!problem.isEmpty()) {
      problem = "";
      log.info("delivering again");
    }
  }

  /** Reports a failure, whatever reporting throws, and waits a second before the next iteration. */
  private void survive(Throwable failure) {
    try {
      boolean isNew = problem.isEmpty();
      problem = Reasons.of(failure);
      if (isNew) {
        log.error("delivering failed, and is tried again every second: {}", problem);
        log.debug("the failure", failure);
      }
    } catch (Throwable evenThat) {
      // the status already shows the reason
    } finally {
      pace.sleepUntil(System.nanoTime() + AFTER_FAILURE.toNanos(), NEVER);
    }
  }
}
