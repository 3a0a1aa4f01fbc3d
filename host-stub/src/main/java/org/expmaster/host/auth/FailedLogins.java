package org.expmaster.host.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.expmaster.host.http.ClientNetwork;
import org.expmaster.plugin.http.ApiException;

/**
 * Makes guessing slow: after some failures each further one costs a wait twice as long.
 * Thread-safe; each master counts for itself, and forgets at a restart.
 *
 * <p>It is a user's failures from one network that are counted, so that nobody can lock a user out
 * everywhere; and those of a network with whatever names, which hold up nobody who has logged in
 * from there before. Names that no user has count alike: a wait tells nothing.
 */
public final class FailedLogins {
  private static final int FREE = 10;
  private static final int FREE_OF_A_NETWORK = 50;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
  private static final int MOST_REMEMBERED = 10_000;

  private final Clock clock;
  private final Map<Object, Failures> failures = new Remembered<>();
  private final Map<Pair, Boolean> known = new Remembered<>();

  /** A digest of the name, which may be of any length. */
  private record Pair(String username, ClientNetwork from) {}

  private record Failures(int count, Instant last, Duration pause) {
    private static final Failures NONE = new Failures(0, Instant.MIN, Duration.ZERO);
  }

  /** Forgets what has not been asked for longest. */
  private static final class Remembered<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    private Remembered() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }

  /**
   * @param clock one that nobody sets
   */
  public FailedLogins(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts one as failed before it is tried, so that many at once count as many.
   *
   * @throws ApiException ResourceExhausted, if one has to wait before the next try
   */
  synchronized void begin(String username, ClientNetwork from) {
    Pair pair = new Pair(Digests.sha256(username), from);
    Duration wait = waitFor(pair);
    if (!known.containsKey(pair) && waitFor(from).compareTo(wait) > 0) {
      wait = waitFor(from);
    }
    if (wait.compareTo(Duration.ZERO) > 0) {
      throw ApiException.exhausted(
          "too many logins have failed: try again in %d s"
              .formatted(wait.plusNanos(999_999_999).toSeconds()),
          wait);
    }
    count(pair, FREE);
    count(from, FREE_OF_A_NETWORK);
  }

  /** The one that was begun did fail: the wait is from now on. */
  synchronized void failed(String username, ClientNetwork from) {
    for (Object who : List.of(new Pair(Digests.sha256(username), from), from)) {
      failures.computeIfPresent(
          who, (same, known) -> new Failures(known.count, clock.instant(), known.pause));
    }
  }

  /** The one that was begun did not fail. */
  synchronized void succeeded(String username, ClientNetwork from) {
    Pair pair = new Pair(Digests.sha256(username), from);
    failures.remove(pair);
    known.put(pair, true);
    uncount(from);
  }

  /** The one that was begun could not be tried: the database was away, say. */
  synchronized void abandoned(String username, ClientNetwork from) {
    uncount(new Pair(Digests.sha256(username), from));
    uncount(from);
  }

  private void uncount(Object who) {
    Failures recent = recent(who);
    if (recent.count <= 1) {
      failures.remove(who);
    } else {
      failures.put(who, new Failures(recent.count - 1, recent.last, Duration.ZERO));
    }
  }

  synchronized int remembered() {
    return failures.size() + known.size();
  }

  private Duration waitFor(Object who) {
    Failures recent = recent(who);
    return recent.pause.isZero()
        ? Duration.ZERO
        : Duration.between(clock.instant(), recent.last.plus(recent.pause));
  }

  private void count(Object who, int free) {
    int count = recent(who).count + 1;
    Duration wait = Duration.ZERO;
    if (count >= free) {
      long times = 1L << Math.min(count - free, 30);
      Duration doubled = FIRST.multipliedBy(times);
      wait = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
    failures.put(who, new Failures(count, clock.instant(), wait));
  }

  private Failures recent(Object who) {
    Failures found = failures.getOrDefault(who, Failures.NONE);
    boolean old =
        found != Failures.NONE && found.last.plus(FORGOTTEN_AFTER).isBefore(clock.instant());
    return old ? Failures.NONE : found;
  }
}
