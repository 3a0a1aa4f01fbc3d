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

/**
 * The thread that turns the delivery loop: at once when something was committed, a moment later
 * when something ended (others will end in that moment and share the commit), and by the clock for
 * what nobody announces.
 */
public final class DeliveryService {
  private static final Log log = Log.of(DeliveryService.class);

  /**
   * What people decide elsewhere holds here within a second, however seldom the outbox is polled.
   */
  private static final Duration FOLLOW = Duration.ofMillis(500);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /** Made beforehand: there may be no memory for it when it is needed. */
  private static final BooleanSupplier NEVER = () -> false;

  private static final Duration LAST_RECORDING = Duration.ofSeconds(5);

  private final DeliveryLoop loop;
  private final Sender sender;
  private final RetryPolicy retryPolicy;
  private final Thread thread = new Thread(this::run, "webhooks-delivery");
  private final DeliveryBounds bounds;
  private final Pace pace;
  private volatile boolean draining;
  private volatile String problem = "";

  /** A service that has not been started. */
  public DeliveryService(
      Outbox outbox,
      HealthStore health,
      Targets targets,
      SignedSender sender,
      RetryPolicy retryPolicy,
      DeliveryBounds bounds) {
    this.sender = sender.sender();
    this.retryPolicy = retryPolicy;
    this.bounds = bounds;
    this.pace = new Pace(thread, bounds.linger());
    this.loop = new DeliveryLoop(outbox, health, targets, sender, retryPolicy, bounds, pace);
  }

  /** Begins delivering. */
  public void start() {
    thread.start();
  }

  /** Something has been committed for these webhooks; it is sent at once. From any thread. */
  public void announce(Collection<Long> webhookIds) {
    webhookIds.forEach(loop::announce);
  }

  /**
   * Somebody has decided something of a webhook's health or its URL, and it is in the database.
   * When this returns, no attempt begins on this master any more that this forbids, and what it
   * allows is on its way. From any thread.
   *
   * @throws RuntimeException if the database cannot be read; it is heeded with the next poll then
   */
  public void heed(long webhookId) {
    loop.heed(webhookId);
  }

  /**
   * Claims nothing more, waits for what is under way, and ends.
   *
   * @param within how long to wait before what is under way is cut short and made due again
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

  /** What it is doing, for people. */
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

  /** Whether it is finishing what has begun. */
  public boolean isDraining() {
    return draining && thread.isAlive();
  }

  /** Whether its thread lives. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  /** Whether it works but something it needs fails. */
  public boolean isDegraded() {
    return !problem().isEmpty();
  }

  private String problem() {
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
        // an error too: no memory for a moment must not end all delivering
        survive(failure);
        turns.beginAnew();
      }
    }
  }

  /** What is done again and again, and when each part of it was done last. */
  private final class Turns {
    private long nextFollow = System.nanoTime();
    private long nextPoll = nextFollow;

    /** What was in hand when something was thrown is looked for in the database. */
    void beginAnew() {
      nextFollow = System.nanoTime();
      nextPoll = nextFollow;
    }

    /** Whether to go on. */
    boolean next() throws SQLException {
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
      rest(earlier(nextFollow, nextPoll));
      return true;
    }
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
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

  /** Whatever was thrown, and whatever telling of it throws: it goes on in a second. */
  private void survive(Throwable failure) {
    try {
      boolean isNew = problem.isEmpty();
      problem = Reasons.of(failure);
      if (isNew) {
        log.error("delivering failed, and is tried again every second: {}", problem);
        log.debug("the failure", failure);
      }
    } catch (Throwable evenThat) {
      // its reason is in the status already
    } finally {
      pace.sleepUntil(System.nanoTime() + AFTER_FAILURE.toNanos(), NEVER);
    }
  }
}
