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
 * Slows down password guessing: after some failures, each further one doubles the wait.
 * Thread-safe. Each master counts for itself and forgets its counts on restart.
 *
 * <p>Failures are counted per user and network, so that nobody can lock a user out everywhere. They
 * are also counted per network for all names together; that count delays nobody who has logged in
 * from the network before. Unknown names count alike, so a wait does not reveal which users exist.
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

  /** Holds a digest of the name, because a name may have any length. */
  private record Pair(String username, ClientNetwork from) {}

  private record Failures(int count, Instant last, Duration pause) {
    private static final Failures NONE = new Failures(0, Instant.MIN, Duration.ZERO);
  }

  /** Evicts the least recently used entry. */
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
   * @param clock a steady clock, unaffected by changes of the system time
   */
  public FailedLogins(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts a login as failed before it is tried, so that concurrent logins are all counted.
   *
   * @throws ApiException ResourceExhausted, if the caller must wait before the next attempt
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

  /** Records that the login failed: the wait starts now. */
  synchronized void failed(String username, ClientNetwork from) {
    for (Object who : List.of(new Pair(Digests.sha256(username), from), from)) {
      failures.computeIfPresent(
          who, (same, known) -> new Failures(known.count, clock.instant(), known.pause));
    }
  }

  /** Records that the login succeeded. */
  synchronized void succeeded(String username, ClientNetwork from) {
    Pair pair = new Pair(Digests.sha256(username), from);
    failures.remove(pair);
    known.put(pair, true);
    uncount(from);
  }

  /** Uncounts a login that could not be tried, for example because the database was unreachable. */
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
